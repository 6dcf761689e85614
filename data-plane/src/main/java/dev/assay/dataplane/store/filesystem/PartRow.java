package dev.assay.dataplane.store.filesystem;

import dev.assay.dataplane.store.Part;
import java.util.Optional;

/// A stored part.
///
/// @param blob its file's name
/// @param md5 lower-case hex, where the client's Content-MD5 made the store compute it
record PartRow(Part part, String blob, Optional<String> md5) {
  BlobExtent extent() {
    return new BlobExtent(blob, part.sizeBytes());
  }
}
