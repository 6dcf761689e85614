package dev.assay.dataplane.store.filesystem;

/// The first `lengthBytes` bytes of a blob.
record BlobExtent(String blob, long lengthBytes) {}
