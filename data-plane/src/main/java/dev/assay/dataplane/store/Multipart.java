package dev.assay.dataplane.store;

import java.time.Instant;
import java.util.Map;

/// A multipart upload that is open.
///
/// @param inSession whether its id is an upload session's
/// @param attributes as given at its creation
public record Multipart(
    String uploadId,
    String key,
    boolean inSession,
    String uploader,
    Instant startedAt,
    Map<String, String> attributes) {}
