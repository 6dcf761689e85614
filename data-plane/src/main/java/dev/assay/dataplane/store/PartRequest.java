package dev.assay.dataplane.store;

import java.util.Map;

/// One part before its first byte.
///
/// @param key the one in the request's path, which must be the upload's
/// @param number 1 … 10,000
/// @param attributes kept and given back with the part (its checksums)
public record PartRequest(
    String uploadId,
    String key,
    int number,
    String uploader,
    Map<String, String> attributes,
    Expected expected) {}
