package dev.assay.dataplane.store.filesystem;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What never changes of a version; see `StoredVersion` for the meaning of each.
record VersionFacts(
    String key,
    String versionId,
    long sizeBytes,
    String sha256,
    String etag,
    String mediaType,
    Map<String, String> metadata,
    Map<String, String> attributes,
    Instant storedAt,
    String uploader,
    @Nullable String session) {}
