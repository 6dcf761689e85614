package dev.assay.dataplane.store;

import java.util.List;
import java.util.Map;

/// CompleteMultipartUpload.
///
/// @param key the one in the request's path, which must be the upload's
/// @param parts ascending; empty means all stored parts, which must be 1 … n without a gap (for a
///   session's plain POST)
/// @param attributes added to those of the creation
/// @param expected of the whole object, `md5` is not looked at
public record CompleteRequest(
    String uploadId,
    String key,
    List<Claim> parts,
    Map<String, String> attributes,
    Expected expected,
    Precondition precondition,
    String uploader) {

  /// @param etag without quotes
  public record Claim(int number, String etag) {}
}
