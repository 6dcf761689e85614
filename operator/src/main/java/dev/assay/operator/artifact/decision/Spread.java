package dev.assay.operator.artifact.decision;

import java.time.Duration;

/// A share of a time span that differs between objects and is always the same for one, so that
/// objects made at once do not all act at once.
final class Spread {
  private Spread() {}

  /// Between nothing and the whole of `span`, by the object's UID.
  static Duration of(String uid, Duration span) {
    // The finaliser of MurmurHash3: UIDs that differ in one digit end far apart.
    var hash = (long) uid.hashCode();
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    hash ^= hash >>> 33;
    return Duration.ofMillis(Math.floorMod(hash, span.toMillis() + 1));
  }
}
