package dev.assay.operator.artifact.decision;

import java.time.Duration;

/// A share of a time span that differs between objects and is always the same for one, so that
/// objects made at once do not all act at once.
final class Spread {
  private Spread() {}

  /// Between nothing and the whole of `span`, by the object's UID.
  static Duration of(String uid, Duration span) {
    var share = Math.floorMod(uid.hashCode() * 0x9E3779B97F4A7C15L, 1000L); // Fibonacci hashing
    return Duration.ofMillis(span.toMillis() * share / 1000);
  }
}
