package dev.assay.operator.scan;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Whose turn it is (decision 16). The queue is nothing but the Artifacts that wait, so it survives
/// a restart.
public final class ScanQueue {
  private static final Comparator<Waiting> ORDER =
      Comparator.comparing(Waiting::rescan) // bytes that nobody can use yet come first
          .thenComparing(Waiting::since)
          .thenComparing(Waiting::uid);

  private ScanQueue() {}

  /// An Artifact that waits for a scan.
  ///
  /// @param rescan whether it has a verdict already
  /// @param since when its bytes were stored, or when they were scanned last for a rescan
  public record Waiting(String uid, boolean rescan, Instant since) {}

  /// The Artifacts that may start a scan now.
  ///
  /// @param queued all that wait under one ScanPolicy
  /// @param busy how many of its Jobs run or were just created
  /// @return UIDs, first come first
  public static List<String> admitted(Collection<Waiting> queued, int busy, int maxConcurrent) {
    return queued.stream()
        .sorted(ORDER)
        .limit(Math.max(0, maxConcurrent - busy))
        .map(Waiting::uid)
        .toList();
  }
}
