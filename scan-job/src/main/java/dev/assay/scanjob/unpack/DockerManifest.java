package dev.assay.scanjob.unpack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.wire.Json;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The images of a `docker save` archive: `manifest.json` is a list of a config and layers each, by
/// their paths. An OCI manifest is written for each, so that Trivy reads any of them.
final class DockerManifest {
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
  private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";

  private DockerManifest() {}

  static List<ImageFiles> images(Path root) throws Breach {
    var file = root.resolve("manifest.json");
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    var images = new ArrayList<ImageFiles>();
    for (var entry : ImageArchive.json(file)) {
      if (entry.path("Config").isTextual() && entry.path("Layers").isArray()) {
        images.add(image(root, entry));
      }
    }
    return images;
  }

  private static ImageFiles image(Path root, JsonNode entry) throws Breach {
    var blobs = new LinkedHashMap<String, Path>();
    var layers = new ArrayList<Path>();
    var manifest =
        Json.MAPPER.createObjectNode().put("schemaVersion", 2).put("mediaType", MANIFEST);
    var config = member(root, entry.path("Config"));
    manifest.set("config", descriptor(CONFIG, config, blobs));
    var list = manifest.putArray("layers");
    for (var name : entry.path("Layers")) {
      var layer = member(root, name);
      list.add(descriptor(layerType(layer), layer, blobs));
      layers.add(layer);
    }
    byte[] bytes;
    try {
      bytes = Json.MAPPER.writeValueAsBytes(manifest);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of strings and numbers is JSON", e);
    }
    var digest = HexFormat.of().formatHex(sha256().digest(bytes));
    return new ImageFiles("sha256:" + digest, MANIFEST, ByteBuffer.wrap(bytes), blobs, layers);
  }

  private static Path member(Path root, JsonNode name) throws Breach {
    var file = ImageArchive.resolve(root, SafePath.of(name.asText()));
    if (!Files.isRegularFile(file)) {
      throw new Breach("ImageIncomplete", "the image names a file that its archive does not hold");
    }
    return file;
  }

  private static ObjectNode descriptor(String type, Path file, Map<String, Path> blobs) {
    var digest = sha256();
    long bytes =
        Disk.does(() -> {
          try (InputStream in = Files.newInputStream(file)) {
            var buffer = new byte[1 << 16];
            long sum = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
              digest.update(buffer, 0, n);
              sum += n;
            }
            return sum;
          }
        });
    var hex = HexFormat.of().formatHex(digest.digest());
    blobs.put(hex, file);
    return Json.MAPPER
        .createObjectNode()
        .put("mediaType", type)
        .put("digest", "sha256:" + hex)
        .put("size", bytes);
  }

  private static String layerType(Path layer) {
    return switch (Recognise.of(Disk.head(layer), "layer")) {
      case Kind.Compressed(var codec) when codec == Kind.Codec.Gzip -> LAYER + "+gzip";
      case Kind.Compressed(var codec) when codec == Kind.Codec.Zstd -> LAYER + "+zstd";
      default -> LAYER;
    };
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
