package dev.assay.dataplane.store.filesystem;

import dev.assay.dataplane.store.Multipart;
import dev.assay.dataplane.store.MultipartRequest;
import java.time.Instant;
import java.util.Optional;

/// A plain multipart upload as the index has it.
///
/// @param versionId what it was completed to
record MultipartRow(
    String id, MultipartRequest request, Instant startedAt, Optional<String> versionId) {
  Multipart multipart() {
    return new Multipart(
        id, request.key(), false, request.uploader(), startedAt, request.attributes());
  }
}
