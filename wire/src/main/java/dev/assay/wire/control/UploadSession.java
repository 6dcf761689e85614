package dev.assay.wire.control;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an upload may be: opened by the operator, named in the presigned URL, good for one success.
///
/// @param id chosen by the operator; opening the same session again replaces limits that were not
///   used up yet
/// @param key the only key that it may write
/// @param maxSizeBytes a longer body is refused with EntityTooLarge, as early as its Content-Length
///   tells
/// @param sha256 lower-case hex that the whole body must have, or absent
/// @param allowedMediaTypes patterns such as `application/*`; empty allows all
/// @param metadata served as `x-amz-meta-*`; the client's own metadata headers are ignored in a
///   session
/// @param expiresAt no upload may start or complete after it
/// @param multipart absent for a single PUT; the S3 upload id is the session's id
/// @param rejectDuplicates refuse bytes whose SHA-256 the Bucket already holds under another key
public record UploadSession(
    String id,
    String key,
    long maxSizeBytes,
    @Nullable String sha256,
    List<String> allowedMediaTypes,
    @Nullable String mediaType,
    Map<String, String> metadata,
    Instant expiresAt,
    @Nullable Multipart multipart,
    boolean rejectDuplicates) {

  /// @param partSizeBytes length of every part but the last
  /// @param maxParts part numbers are 1 … maxParts, at most 1,000
  public record Multipart(long partSizeBytes, int maxParts) {}
}
