package dev.assay.operator.certificate;

import java.time.Duration;
import java.time.Instant;

/// How long things hold.
final class Lifetimes {
  static final Duration AUTHORITY = Duration.ofDays(3650);
  static final Duration LEAF = Duration.ofDays(90);

  /// Certificates are valid from this long ago: clocks of nodes differ.
  static final Duration BACKDATED = Duration.ofMinutes(5);

  /// A new CA stands in caBundle so long before a leaf uses it: API servers cache configurations.
  static final Duration TRUSTED_BEFORE_USE = Duration.ofMinutes(5);

  /// An old CA stands in caBundle so long after a leaf of the new one was written: kubelets take
  /// minutes to bring a Secret to a pod.
  static final Duration TRUSTED_AFTER_USE = Duration.ofHours(1);

  private Lifetimes() {}

  /// Two thirds of a life: what is broken then has the last third to be noticed.
  static Instant renewAt(Instant notBefore, Instant notAfter) {
    return notBefore.plus(Duration.between(notBefore, notAfter).multipliedBy(2).dividedBy(3));
  }
}
