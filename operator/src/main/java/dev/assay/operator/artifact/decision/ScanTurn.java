package dev.assay.operator.artifact.decision;

import dev.assay.api.Vocabulary.ConditionTypes;
import dev.assay.api.artifact.ArtifactStatus;
import dev.assay.api.artifact.Scan;
import dev.assay.api.artifact.ScanBuilder;
import dev.assay.operator.scan.ScanQueue.Waiting;
import dev.assay.operator.status.Conditions;
import java.time.Instant;
import java.util.Objects;

/// Whether an Artifact waits for a scan Job of its own, and since when. The queue consists of those
/// that do, and of nothing else (decision 16).
public final class ScanTurn {
  private ScanTurn() {}

  /// Whether the only thing between it and a Job is a free slot. One that is stuck for another
  /// reason must not keep the others waiting.
  public static boolean isWaitedFor(Subject subject, PolicySight.InForce policy, Instant now) {
    var status = subject.status();
    var scan = ScanBuilder.of(status.scan()).build();
    return scan.jobName() == null
        && !Boolean.TRUE.equals(subject.spec().suspend())
        && !isStuck(status)
        && ScanRound.isDue(scan, policy)
        && mayStart(subject, policy, now);
  }

  /// Whether a due scan would start a Job if there were a slot.
  static boolean mayStart(Subject subject, PolicySight.InForce policy, Instant now) {
    var scan = ScanBuilder.of(subject.status().scan()).build();
    return policy.startsScans() == PolicySight.Starts.Now
        && (subject.pressed() || (!hasGivenUp(scan, policy) && !isPausing(scan, now)));
  }

  /// Since when it waits: bytes that nobody can use yet go before a rescan.
  public static Waiting waiting(Subject subject) {
    var status = subject.status();
    var scan = ScanBuilder.of(status.scan()).build();
    var scannedAt = scan.verdict() == null ? null : scan.scannedAt();
    return new Waiting(
        subject.uid(),
        scannedAt != null,
        scannedAt == null
            ? Objects.requireNonNullElse(status.storedAt(), Instant.EPOCH)
            : scannedAt);
  }

  /// With `onError: Quarantine` the last attempt has failed, and there is no verdict to stand.
  static boolean hasGivenUp(Scan scan, PolicySight.InForce policy) {
    return policy.quarantinesOnError()
        && scan.verdict() == null
        && scan.attempts() != null
        && scan.attempts() > policy.retries();
  }

  static boolean isPausing(Scan scan, Instant now) {
    return scan.nextAttemptAt() != null && now.isBefore(scan.nextAttemptAt());
  }

  // Quarantined bytes are scanned again as others are; failed scans are, in their time.
  private static boolean isStuck(ArtifactStatus status) {
    return status.digest() == null
        || (Conditions.holds(status.conditions(), ConditionTypes.STALLED)
            && status.quarantine() == null
            && ScanBuilder.of(status.scan()).build().lastFailure() == null);
  }
}
