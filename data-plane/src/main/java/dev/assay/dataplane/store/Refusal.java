package dev.assay.dataplane.store;

/// Why an upload or a change was not made.
///
/// @param expected for people, e.g. `at most 1048576 bytes`
/// @param actual for people, e.g. `1048577 bytes`
public record Refusal(Reason reason, String expected, String actual) {
  /// The first six are what a session records and the feed tells.
  public enum Reason {
    /// The bytes are not those of the session's `sha256`.
    DigestMismatch,
    /// More than the session, the bucket or the session's part size allows.
    TooLarge,
    MediaTypeNotAllowed,
    QuotaExceeded,
    /// Another key holds the same bytes, and the session refuses that.
    Duplicate,
    /// Fewer or other bytes than the client announced, or the connection ended early.
    Incomplete,

    /// The bytes are not those of the client's own SHA-256 (`XAmzContentSHA256Mismatch`, or
    /// `BadDigest` for a checksum); a session records `Incomplete`.
    Sha256Mismatch,
    /// The bytes are not those of `Content-MD5` (`BadDigest`); a session records `Incomplete`.
    Md5Mismatch,
    NoSuchSession,
    SessionExpired,
    /// The session had its one success.
    SessionCompleted,
    /// Too many uploads of this session are in flight.
    SessionBusy,
    /// The path names another key than the session or the multipart upload.
    WrongKey,
    /// Longer than 1,024 bytes, empty, or `.assay/` where that is not allowed.
    KeyNotAllowed,
    /// A create-only key exists.
    AlreadyExists,
    /// The key's served version is immutable.
    Immutable,
    PreconditionFailed,
    NoSuchUpload,
    /// A part that was never stored, or with another ETag.
    InvalidPart,
    InvalidPartOrder,
    InvalidPartNumber,
    /// A part other than the last is shorter than S3 (5 MiB) or the session allows.
    PartTooSmall
  }
}
