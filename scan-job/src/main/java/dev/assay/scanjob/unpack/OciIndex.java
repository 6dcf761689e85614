package dev.assay.scanjob.unpack;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/// The images of an OCI image layout (OCI image-spec 1.1, image-layout.md), indexes in indexes
/// included. Attestations and other artifacts are none.
final class OciIndex {
  private static final Set<String> IMAGE_CONFIGS =
      Set.of(
          "application/vnd.oci.image.config.v1+json",
          "application/vnd.docker.container.image.v1+json");

  private static final int MAX_DEPTH = 4;
  private static final int MAX_IMAGES = 20;

  private final Path root;
  private final List<ImageFiles> found = new ArrayList<>();

  private OciIndex(Path root) {
    this.root = root;
  }

  static List<ImageFiles> images(Path root) throws Breach {
    if (!Files.exists(root.resolve("oci-layout")) || !Files.exists(root.resolve("index.json"))) {
      return List.of();
    }
    var reader = new OciIndex(root);
    reader.index(ImageArchive.json(root.resolve("index.json")), 1);
    return reader.found;
  }

  private void index(JsonNode index, int depth) throws Breach {
    if (depth > MAX_DEPTH) {
      throw new Breach("NestedTooDeep", "the image's indexes lie more than 4 deep");
    }
    for (var descriptor : index.path("manifests")) {
      if (descriptor.path("annotations").has("vnd.docker.reference.type")) {
        continue; // an attestation about another manifest
      }
      var file = blob(descriptor);
      var content = ImageArchive.json(file);
      if (content.has("manifests")) {
        index(content, depth + 1);
      } else if (IMAGE_CONFIGS.contains(content.at("/config/mediaType").asText())) {
        image(descriptor, file, content);
      }
    }
  }

  private void image(JsonNode descriptor, Path file, JsonNode manifest) throws Breach {
    if (found.size() == MAX_IMAGES) {
      throw new Breach("TooManyImages", "the archive holds more than 20 images");
    }
    var blobs = new LinkedHashMap<String, Path>();
    var layers = new ArrayList<Path>();
    blobs.put(hexOf(manifest.path("config")), blob(manifest.path("config")));
    for (var layer : manifest.path("layers")) {
      var path = blob(layer);
      blobs.put(hexOf(layer), path);
      layers.add(path);
    }
    var mediaType = manifest.path("mediaType").asText("application/vnd.oci.image.manifest.v1+json");
    var bytes = Disk.does(() -> Files.readAllBytes(file));
    found.add(
        new ImageFiles(
            "sha256:" + hexOf(descriptor), mediaType, ByteBuffer.wrap(bytes), blobs, layers));
  }

  private Path blob(JsonNode descriptor) throws Breach {
    var file = root.resolve("blobs").resolve("sha256").resolve(hexOf(descriptor));
    if (!Files.isRegularFile(file)) {
      throw new Breach("ImageIncomplete", "the image names a blob that its archive does not hold");
    }
    return file;
  }

  private static String hexOf(JsonNode descriptor) throws Breach {
    var digest = descriptor.path("digest").asText();
    if (!digest.matches("sha256:[0-9a-f]{64}")) {
      throw new Breach("ImageIncomplete", "the image names a blob without a SHA-256 digest");
    }
    return ImageArchive.hex(digest);
  }
}
