package dev.assay.operator.artifact.decision;

import java.time.Duration;

/// How long to wait after the n-th failed scan in a row: doubling from `FIRST` to `LONGEST`, plus
/// up to a tenth that differs between Artifacts. The cause is most often a database or a node that
/// comes back.
final class RetryPace {
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private RetryPace() {}

  /// @param failures in a row, 1 for the first
  static Duration after(int failures, String uid) {
    var doublings = Math.clamp(failures - 1L, 0, 20);
    var wait = FIRST.multipliedBy(1L << doublings);
    var capped = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    return capped.plus(Spread.of(uid, capped.dividedBy(10)));
  }
}
