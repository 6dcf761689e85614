package dev.assay.wire.control;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One immutable version of a key.
///
/// @param key the object's key, at most 1,024 bytes of UTF-8
/// @param versionId opaque, unique in the Bucket for ever
/// @param sizeBytes length of the whole object
/// @param sha256 lower-case hex of the whole object's SHA-256
/// @param etag the S3 ETag without quotes: MD5 in hex, or `md5(md5s)-N` for a multipart upload; for
///   a large object whose client sent no Content-MD5, opaque with a dash
///   (docs/adr/0003-store-layout.md)
/// @param mediaType the Content-Type that the uploader sent, or `application/octet-stream`
/// @param metadata the `x-amz-meta-*` headers, names in lower case without the prefix
/// @param storedAt when the version became durable
/// @param uploader the access key's id that the request was signed with
/// @param session the upload session that it came through, if any
/// @param stateRevision grows with every change of `state`; a change names the one it has seen
/// @param served whether the key's served pointer is at this version
public record StoredVersion(
    String key,
    String versionId,
    long sizeBytes,
    String sha256,
    String etag,
    String mediaType,
    Map<String, String> metadata,
    Instant storedAt,
    String uploader,
    @Nullable String session,
    VersionState state,
    long stateRevision,
    @Nullable String stateReason,
    boolean served) {}
