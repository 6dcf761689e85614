package dev.assay.operator.artifact.decision;

import dev.assay.operator.status.Readiness;

/// How an Artifact stands as a whole; what `Ready` and the conditions beside it say of it.
sealed interface Standing {
  /// One of the states that every kind knows.
  record Common(Readiness readiness) implements Standing {}

  /// The bytes are there and must not be served.
  ///
  /// @param reason of Ready
  /// @param cause of Quarantined
  record Quarantined(String reason, String cause, String message) implements Standing {}

  /// As it was: what is in the way says nothing about the Artifact.
  record Unchanged() implements Standing {}

  record Suspended() implements Standing {}

  default boolean isReady() {
    return this instanceof Common(var readiness) && readiness instanceof Readiness.Ready;
  }

  static Standing ready(String message) {
    return new Common(new Readiness.Ready(message));
  }

  static Standing waiting(String reason, String message) {
    return new Common(new Readiness.Waiting(reason, message));
  }

  static Standing progressing(String message) {
    return new Common(new Readiness.Progressing(message));
  }

  static Standing retrying(String reason, String message) {
    return new Common(new Readiness.Retrying(reason, message));
  }

  static Standing stalled(String reason, String message) {
    return new Common(new Readiness.Stalled(reason, message));
  }
}
