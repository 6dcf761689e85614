package dev.assay.dataplane.store;

import java.time.Instant;
import java.util.Map;

/// A stored part of an open multipart upload.
///
/// @param etag without quotes: the MD5 in hex where the client sent one, else opaque with a dash
public record Part(
    int number, long sizeBytes, String etag, Instant storedAt, Map<String, String> attributes) {}
