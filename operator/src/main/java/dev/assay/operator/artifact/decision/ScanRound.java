package dev.assay.operator.artifact.decision;

import dev.assay.api.artifact.Scan;
import dev.assay.operator.scan.ScanInputs;
import dev.assay.operator.scan.ScanRun;
import dev.assay.operator.scan.ScanSubject;
import dev.assay.wire.control.StoredVersion;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One asking for a scan: all attempts at it have the same inputs, and so the same names whoever
/// computes them (decision 14).
///
/// @param occasion the database version and the schedule's last stroke that it is asked for
public record ScanRound(ScanSubject subject, ScanInputs inputs, String occasion) {

  public static ScanRound of(Subject subject, StoredVersion version, PolicySight.InForce policy) {
    var rescans = policy.rescans();
    var spec = subject.spec();
    return new ScanRound(
        new ScanSubject(
            subject.namespace(),
            subject.name(),
            subject.uid(),
            "sha256:" + version.sha256(),
            version.sizeBytes(),
            spec.type().name(),
            spec.filename() == null ? lastSegment(version.key()) : spec.filename(),
            version.mediaType()),
        policy.inputs(),
        seconds(rescans.databaseUpdatedAt()) + "," + seconds(rescans.lastSlot()));
  }

  /// @param attempt 1 for the first
  ScanRun run(int attempt) {
    return ScanRun.of(subject, inputs, occasion, attempt);
  }

  /// The Job that a due scan would start now if there were a slot.
  public static Optional<String> nextJob(
      Subject subject, StoredVersion version, PolicySight.InForce policy, Instant now) {
    var scan = subject.status().scan();
    var failures = scan == null || scan.attempts() == null ? 0 : scan.attempts();
    return ScanTurn.mayStart(subject, policy, now)
        ? Optional.of(of(subject, version, policy).run(failures + 1).jobName())
        : Optional.empty();
  }

  /// Whether what was found last no longer answers what the policy asks.
  public static boolean isDue(@Nullable Scan last, PolicySight.InForce policy) {
    if (last == null || last.verdict() == null) {
      return true;
    }
    var scannedAt = last.scannedAt();
    if (scannedAt == null || !policy.inputsHash().equals(last.inputsHash())) {
      return true;
    }
    var rescans = policy.rescans();
    return rescans.lastSlot().filter(scannedAt::isBefore).isPresent()
        || (rescans.onDatabaseUpdate() && isOlder(last.databaseUpdatedAt(), rescans));
  }

  /// Whether a scan with this database has missed a newer one that the policy knows of.
  static boolean isOlder(@Nullable Instant used, PolicySight.Rescans rescans) {
    return rescans.databaseUpdatedAt().filter(d -> used == null || used.isBefore(d)).isPresent();
  }

  private static String seconds(Optional<Instant> time) {
    return time.map(t -> Long.toString(t.getEpochSecond())).orElse("-");
  }

  private static String lastSegment(String key) {
    return key.substring(key.lastIndexOf('/') + 1);
  }
}
