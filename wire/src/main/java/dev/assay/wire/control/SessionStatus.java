package dev.assay.wire.control;

import org.jspecify.annotations.Nullable;

/// How an upload session stands.
///
/// @param bytesReceived durable bytes of finished parts and of the upload in flight
/// @param partsReceived finished parts of a multipart upload, else 0
/// @param version what the one successful upload made, once there was one
/// @param lastRefusal the newest refused attempt, cleared by a success
public record SessionStatus(
    UploadSession session,
    Phase phase,
    long bytesReceived,
    int partsReceived,
    @Nullable StoredVersion version,
    @Nullable Refusal lastRefusal) {

  public enum Phase {
    Open,
    Completed,
    Expired
  }

  /// @param reason one of `DigestMismatch`, `TooLarge`, `MediaTypeNotAllowed`, `QuotaExceeded`,
  ///   `Duplicate`, `Incomplete`
  /// @param expected what the session asks for, for people
  /// @param actual what came, for people
  public record Refusal(String reason, String expected, String actual) {}
}
