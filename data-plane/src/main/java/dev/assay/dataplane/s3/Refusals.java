package dev.assay.dataplane.s3;

import dev.assay.dataplane.http.RefusedException;
import dev.assay.dataplane.http.S3Error;
import dev.assay.dataplane.store.Outcome;
import dev.assay.dataplane.store.Refusal;

/// What a refusal of the store is called in S3.
final class Refusals {
  private Refusals() {}

  /// @param signedHash whether the SHA-256 that was expected is part of the signature
  /// @throws RefusedException for a refusal
  static <T> T orRefuse(Outcome<T> outcome, boolean signedHash) throws RefusedException {
    return switch (outcome) {
      case Outcome.Done<T>(var value) -> value;
      case Outcome.Refused<T>(var refusal) -> throw error(refusal, signedHash).exception();
    };
  }

  static S3Error error(Refusal refusal, boolean signedHash) {
    var found = "expected " + refusal.expected() + ", got " + refusal.actual();
    return switch (refusal.reason()) {
      case DigestMismatch -> S3Error.of(400, "BadDigest", "The upload was refused: " + found + ".");
      case TooLarge ->
          S3Error.of(
              400,
              "EntityTooLarge",
              "Your proposed upload exceeds the maximum allowed size: " + found + ".");
      case MediaTypeNotAllowed ->
          S3Error.of(400, "InvalidArgument", "The Content-Type is not allowed: " + found + ".")
              .with("ArgumentName", "Content-Type");
      case QuotaExceeded ->
          S3Error.of(403, "QuotaExceeded", "The bucket's quota is used up: " + found + ".");
      case Duplicate ->
          // Whoever holds an upload URL may not know the other keys; the session's status names it.
          S3Error.of(409, "OperationAborted", "The bucket holds the same bytes already.");
      case Incomplete ->
          S3Error.of(400, "IncompleteBody", "The body is not what was announced: " + found + ".");
      case Sha256Mismatch ->
          signedHash
              ? S3Error.of(
                  400,
                  "XAmzContentSHA256Mismatch",
                  "The provided 'x-amz-content-sha256' header does not match what was computed: "
                      + found
                      + ".")
              : S3Error.of(
                  400, "BadDigest", "The SHA256 you specified did not match: " + found + ".");
      case Md5Mismatch ->
          S3Error.of(
              400,
              "BadDigest",
              "The Content-MD5 you specified did not match what we received: " + found + ".");
      case NoSuchSession ->
          S3Error.accessDenied("The upload session of this URL does not exist or was closed.");
      case SessionExpired ->
          S3Error.accessDenied("The upload session of this URL has expired: " + found + ".");
      case SessionCompleted ->
          S3Error.of(
              409,
              "OperationAborted",
              "The upload session of this URL has had its one successful upload.");
      case SessionBusy ->
          S3Error.of(503, "SlowDown", "Too many uploads of this session are in flight.");
      case WrongKey -> S3Error.accessDenied("The upload belongs to another key: " + found + ".");
      case KeyNotAllowed -> S3Error.accessDenied("The key is not allowed: " + found + ".");
      case AlreadyExists, PreconditionFailed ->
          S3Error.of(
              412,
              "PreconditionFailed",
              "At least one of the pre-conditions you specified did not hold: " + found + ".");
      case Immutable ->
          S3Error.accessDenied("The object is immutable in this bucket: " + found + ".");
      case NoSuchUpload -> noSuchUpload();
      case InvalidPart ->
          S3Error.of(
              400,
              "InvalidPart",
              "One or more of the specified parts could not be found, or its ETag is another: "
                  + found
                  + ".");
      case InvalidPartOrder ->
          S3Error.of(400, "InvalidPartOrder", "The list of parts was not in ascending order.");
      case InvalidPartNumber ->
          S3Error.of(400, "InvalidArgument", "The part number is not allowed: " + found + ".")
              .with("ArgumentName", "partNumber");
      case PartTooSmall ->
          S3Error.of(
              400,
              "EntityTooSmall",
              "Your proposed upload is smaller than the minimum allowed size: " + found + ".");
    };
  }

  static S3Error noSuchUpload() {
    return S3Error.of(
        404,
        "NoSuchUpload",
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have"
            + " been aborted or completed.");
  }
}
