package dev.assay.scanjob.unpack;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// One image of an archive.
///
/// @param manifestDigest `sha256:<hex>`
/// @param manifest its bytes
/// @param blobs config and layers, by the hex of their digests
/// @param layers the layers among them
record ImageFiles(
    String manifestDigest,
    String mediaType,
    ByteBuffer manifest,
    Map<String, Path> blobs,
    List<Path> layers) {
  /// A manifest of a thousand layers has 200 KB; registries refuse more than 4 MiB, which as a tree
  /// would be too much for a small heap.
  static final long MAX_JSON_BYTES = 1L << 20;

  byte[] manifestBytes() {
    var bytes = new byte[manifest.remaining()];
    manifest.duplicate().get(bytes);
    return bytes;
  }

  /// `docker save` writes an OCI index and its old manifest.json side by side.
  boolean isSameAs(ImageFiles other) {
    return blobs.keySet().equals(other.blobs.keySet()) && layers.equals(other.layers);
  }
}
