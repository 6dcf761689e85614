package dev.assay.webhook.scanpolicy;

import dev.assay.api.scanpolicy.ScanException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How long a finding may be excepted.
final class Exceptions {
  /// A year: who still needs one then looks at it again. A longer one is a rule, and belongs into
  /// `failOn`.
  static final Duration LONGEST = Duration.ofDays(366);

  private Exceptions() {}

  /// What is wrong with those that are new; one that was there before is not looked at again.
  static Optional<String> unbounded(List<ScanException> was, List<ScanException> is, Instant now) {
    var latest = now.plus(LONGEST);
    return is.stream()
        .filter(exception -> !was.contains(exception))
        .filter(exception -> exception.expiresAt().isAfter(latest))
        .findFirst()
        .map(exception ->
            "spec.exceptions of %s: expiresAt is %s, expected at most %d days from now; choose an earlier date and look at it again then"
                .formatted(exception.id(), exception.expiresAt(), LONGEST.toDays()));
  }

  /// Those that have no effect, a sentence each.
  static List<String> expired(List<ScanException> was, List<ScanException> is, Instant now) {
    return is.stream()
        .filter(exception -> !was.contains(exception) && !exception.expiresAt().isAfter(now))
        .map(exception ->
            "the exception for %s ended at %s: its findings count"
                .formatted(exception.id(), exception.expiresAt()))
        .toList();
  }
}
