package dev.assay.dataplane.store;

import java.util.Map;

/// A whole-object upload before its first byte.
///
/// @param mediaType the Content-Type, or `application/octet-stream`
/// @param metadata `x-amz-meta-*` without the prefix, names in lower case; ignored in a session
/// @param attributes kept and given back as they are, opaque to the store (Content-Encoding,
///   Cache-Control, …)
/// @param uploader the access key's id
public record UploadRequest(
    Destination destination,
    String mediaType,
    Map<String, String> metadata,
    Map<String, String> attributes,
    String uploader,
    Expected expected) {}
