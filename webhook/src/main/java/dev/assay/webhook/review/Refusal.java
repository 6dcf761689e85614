package dev.assay.webhook.review;

import java.net.HttpURLConnection;

/// Which check refused; metrics, logs and events carry it.
public enum Refusal {
  /// A signature is asked for at admission, and none came.
  SignatureMissing,
  /// A signature came, and does not hold.
  SignatureInvalid,
  /// The ScanPolicy asks for signatures and cannot be used.
  PolicyUnusable,
  /// The change may set free what is quarantined, and the caller may not.
  ReleaseForbidden,
  /// An exception ends too late.
  ExceptionUnbounded,
  /// The caller may not ask for Promotions into the target, or names somebody else as who asks.
  PromotionForbidden,
  /// The caller may not approve, or speaks for somebody else.
  ApprovalForbidden,
  /// A Promotion names an Artifact or Bucket that is not there, or does not take it.
  PromotionImpossible,
  /// A Promotion is about other bytes than the Artifact's.
  DigestMismatch,
  /// The Artifact's verdict is bad, missing or too old.
  NotClean,
  /// An image that must be signed is not named by its digest.
  ImageWithoutDigest,
  /// An image's signatures were found not to hold.
  ImageRefused,
  /// An image's signatures are not known yet.
  ImageUnverified,
  /// What reviews are decided from is not in memory yet.
  NotReady,
  /// The review could not be read.
  Malformed;

  /// The HTTP status that the caller sees.
  public int code() {
    return switch (this) {
      case NotReady, ImageUnverified -> HttpURLConnection.HTTP_UNAVAILABLE;
      case Malformed -> HttpURLConnection.HTTP_BAD_REQUEST;
      default -> HttpURLConnection.HTTP_FORBIDDEN;
    };
  }
}
