package dev.assay.operator.scanpolicy;

import dev.assay.api.scanpolicy.ScanPolicyStatus.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// When other counts are written: at once after a quiet time, and then at most every 30 s (decision
/// 18), however many Artifacts move.
///
/// @param counts to write
/// @param wakeAt when newer ones may be written
record CountsPace(Counts counts, Optional<Instant> wakeAt) {
  static final Duration PAUSE = Duration.ofSeconds(30);

  static CountsPace of(@Nullable Counts was, Counts is, Optional<Instant> writtenAt, Instant now) {
    var next = writtenAt.map(at -> at.plus(PAUSE)).filter(now::isBefore);
    return was == null || was.equals(is) || next.isEmpty()
        ? new CountsPace(is, Optional.empty())
        : new CountsPace(was, next);
  }
}
