package dev.assay.scanjob.unpack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.scanjob.Plan;
import dev.assay.wire.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Finds image archives among unpacked files (`docker save`, OCI layouts) and makes one OCI layout
/// of each, which Trivy reads image by image. What no image names stays in the tree and is scanned
/// as files.
final class ImageArchive {
  private final Layout layout;
  private final Entries entries;
  private final Budget budget;

  ImageArchive(Layout layout, Entries entries, Budget budget) {
    this.layout = layout;
    this.entries = entries;
    this.budget = budget;
  }

  /// @param directory below the tree, where a tar was just unpacked
  /// @param number of the next layout
  List<Plan.Image> take(List<String> directory, int number) throws Breach {
    var root = resolve(layout.tree(), directory);
    var found = new LinkedHashMap<String, ImageFiles>();
    for (var image : OciIndex.images(root)) {
      found.putIfAbsent(image.manifestDigest(), image);
    }
    for (var image : DockerManifest.images(root)) {
      if (found.values().stream().noneMatch(image::isSameAs)) {
        found.putIfAbsent(image.manifestDigest(), image);
      }
    }
    if (found.isEmpty()) {
      return List.of();
    }
    refuseSecondIndex(directory);
    for (var image : found.values()) {
      for (var layer : image.layers()) {
        measure(layer);
      }
    }
    var target = layout.image(number);
    Disk.does(() -> write(target, found));
    return found.keySet().stream()
        .map(digest -> new Plan.Image(layout.input().relativize(target).toString(), digest))
        .toList();
  }

  /// Two indexes of one name: which images a client would see depends on the client.
  private void refuseSecondIndex(List<String> directory) throws Breach {
    var second = resolve(layout.tree().resolve("~2"), directory);
    for (var name : List.of("index.json", "manifest.json", "oci-layout")) {
      if (Files.exists(second.resolve(name))) {
        throw new Breach("AmbiguousImage", "the image archive holds two files " + name);
      }
    }
  }

  /// Reads a layer through, so that a bomb in it meets the limits before it meets Trivy.
  private void measure(Path layer) throws Breach {
    Entries.Taker discard = (name, content) -> new Disk().discard(content, budget);
    try (var in = Disk.read(layer)) {
      switch (Recognise.of(Disk.head(layer), "layer")) {
        case Kind.Compressed(var codec) -> {
          var counted = new CountedStream(Decompress.open(codec, in), budget);
          entries.tar(new BufferedInputStream(counted), discard);
        }
        case Kind.Archive(var format) when format == Kind.Format.Tar -> entries.tar(in, discard);
        default -> {
          if (!isEmptyTar(layer)) {
            throw new Breach("ImageIncomplete", "a layer of the image is no tar archive");
          }
        }
      }
    } catch (IOException e) {
      throw Damage.of("image layer", e);
    }
  }

  /// The layer of an instruction that changed no file: nothing but zeros.
  private static boolean isEmptyTar(Path layer) {
    for (byte b : Disk.head(layer)) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean write(Path target, Map<String, ImageFiles> images) throws IOException {
    var blobs = Files.createDirectories(target.resolve("blobs").resolve("sha256"));
    var index = Json.MAPPER.createObjectNode().put("schemaVersion", 2);
    index.put("mediaType", "application/vnd.oci.image.index.v1+json");
    var manifests = index.putArray("manifests");
    for (var image : images.values()) {
      for (var blob : image.blobs().entrySet()) {
        var to = blobs.resolve(blob.getKey());
        if (!Files.exists(to)) { // layers are shared between images
          Files.move(blob.getValue(), to);
        }
      }
      Files.write(blobs.resolve(hex(image.manifestDigest())), image.manifestBytes());
      manifests.add(descriptor(image));
    }
    Files.writeString(target.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    Json.MAPPER.writeValue(target.resolve("index.json").toFile(), index);
    return true;
  }

  private static ObjectNode descriptor(ImageFiles image) {
    return Json.MAPPER
        .createObjectNode()
        .put("mediaType", image.mediaType())
        .put("digest", image.manifestDigest())
        .put("size", image.manifest().remaining());
  }

  static String hex(String digest) {
    return digest.substring("sha256:".length());
  }

  static Path resolve(Path root, List<String> parts) {
    var path = root;
    for (var part : parts) {
      path = path.resolve(part);
    }
    return path;
  }

  /// Reads a small JSON file of an image archive; what is not JSON is none.
  static JsonNode json(Path file) throws Breach {
    if (Disk.does(() -> Files.size(file)) > ImageFiles.MAX_JSON_BYTES) {
      throw new Breach("ImageIncomplete", "a manifest of the image is larger than 1 MiB");
    }
    var bytes = Disk.does(() -> Files.readAllBytes(file));
    try {
      return Json.MAPPER.readTree(bytes);
    } catch (IOException e) {
      return Json.MAPPER.missingNode();
    }
  }

  static List<JsonNode> items(JsonNode array) {
    var items = new ArrayList<JsonNode>();
    array.forEach(items::add);
    return items;
  }
}
