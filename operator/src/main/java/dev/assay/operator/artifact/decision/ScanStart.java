package dev.assay.operator.artifact.decision;

import dev.assay.api.StoredRef;
import dev.assay.api.Vocabulary.Reasons;
import dev.assay.api.artifact.Scan;
import dev.assay.api.artifact.ScanBuilder;
import dev.assay.operator.artifact.decision.Sights.FindingsFile;
import dev.assay.policy.scan.ScanVerdict;
import java.time.Instant;
import java.util.Optional;

/// A scan is due and none runs: takes over a verdict that is there already, or waits for its turn.
final class ScanStart {
  private ScanStart() {}

  static Judged decide(ScanCase at) {
    return elsewhere(at).or(() -> tooLarge(at)).orElseGet(() -> byJob(at));
  }

  /// The gate while scans fail and there is no verdict.
  static Gate failing(String message) {
    return ScanCase.failed(
        Standing.retrying(Reasons.SCAN_FAILED, "the scan failed: " + message), message);
  }

  /// Another Artifact's scan of the same bytes with the same inputs (decision 14).
  private static Optional<Judged> elsewhere(ScanCase at) {
    return at.scanning()
        .elsewhere()
        .filter(scan -> !ScanRound.isDue(scan, at.policy()))
        .flatMap(
            scan -> Optional.ofNullable(scan.findingsRef()).flatMap(ref -> adopted(at, scan, ref)));
  }

  private static Optional<Judged> adopted(ScanCase at, Scan theirs, StoredRef ref) {
    return switch (at.scanning().findings(ref)) {
      case FindingsFile.Read(var findings) -> {
        var verdict =
            ScanVerdict.of(findings, at.policy().rules(), at.subject().labels(), at.now());
        var adopting =
            ScanBuilder.of(theirs)
                .jobName(null)
                .attempts(null)
                .nextAttemptAt(null)
                .lastFailure(null);
        var scannedAt = theirs.scannedAt() == null ? at.seconds() : theirs.scannedAt();
        at.draft().scan(VerdictRecord.write(adopting, verdict, at.policy(), scannedAt).build());
        yield Optional.of(Judged.of(VerdictRecord.gate(verdict), new Next.Remember()));
      }
      case FindingsFile.Unreadable _ -> Optional.empty();
      case FindingsFile.NotRead _ ->
          Optional.of(
              Judged.of(
                  at.standingOr("Judging", "reading an earlier scan of the same bytes"),
                  new Next.ReadFindings(ref)));
    };
  }

  private static Optional<Judged> tooLarge(ScanCase at) {
    var sizeBytes = at.version().sizeBytes();
    if (sizeBytes <= at.policy().maxScanSizeBytes()) {
      return Optional.empty();
    }
    var verdict =
        ScanVerdict.unscannable(
            "TooLarge",
            "%d bytes, job.maxScanSize is %d".formatted(sizeBytes, at.policy().maxScanSizeBytes()),
            at.policy().rules());
    at.draft()
        .scan(
            VerdictRecord.write(new ScanBuilder(), verdict, at.policy(), at.seconds())
                .inputsHash(at.policy().inputsHash())
                .databaseUpdatedAt(at.policy().rescans().databaseUpdatedAt().orElse(null))
                .build());
    return Optional.of(Judged.of(VerdictRecord.gate(verdict), new Next.Remember()));
  }

  private static Judged byJob(ScanCase at) {
    var failures = at.failures();
    var policy = at.policy();
    if (ScanTurn.hasGivenUp(at.memory(), policy) && !at.subject().pressed()) {
      return Judged.of(
          new Gate.Block(
              Reasons.SCAN_FAILED, "%d scans failed: %s".formatted(failures, lastFailure(at))));
    }
    var pause = at.memory().nextAttemptAt();
    if (pause != null && ScanTurn.isPausing(at.memory(), at.now()) && !at.subject().pressed()) {
      return pausing(at, pause);
    }
    return switch (policy.startsScans()) {
      case Now -> at.scanning().slotFree() ? create(at) : queue(at);
      case Suspended ->
          holding(at, "ScanPolicy '%s' is suspended and starts no scans".formatted(policy.name()));
      case NoDatabase ->
          Judged.of(
              at.standingOr(
                  Reasons.QUEUED,
                  "waiting for the vulnerability database of ScanPolicy '%s'"
                      .formatted(policy.name())));
    };
  }

  private static Judged holding(ScanCase at, String message) {
    return Judged.of(
        at.standing()
            .orElseGet(() ->
                ScanCase.pending(
                    Standing.waiting(Reasons.SUSPENDED, message), Reasons.SUSPENDED, message)));
  }

  private static Judged pausing(ScanCase at, Instant pause) {
    var message = lastFailure(at);
    var lasting =
        ScanCase.failed(
            Standing.stalled(
                Reasons.SCAN_FAILED,
                "%d scans failed, the next try is at %s: %s"
                    .formatted(at.failures(), pause, message)),
            message);
    return Judged.of(
            at.standing()
                .orElseGet(
                    () -> at.failures() > at.policy().retries() ? lasting : failing(message)))
        .wakingAt(pause);
  }

  private static Judged create(ScanCase at) {
    var run = at.round().run(at.failures() + 1);
    at.draft().scan(ScanBuilder.of(at.memory()).jobName(run.jobName()).nextAttemptAt(null).build());
    return Judged.of(at.standingOr(Reasons.SCANNING, "scanning"), new Next.CreateJob(run));
  }

  private static Judged queue(ScanCase at) {
    at.draft().scan(ScanBuilder.of(at.memory()).nextAttemptAt(null).build());
    return Judged.of(
        at.standingOr(
            Reasons.QUEUED,
            "waiting for one of the scan slots of ScanPolicy '%s'".formatted(at.policy().name())));
  }

  private static String lastFailure(ScanCase at) {
    var message = at.memory().lastFailure();
    return message == null ? "no reason is known" : message;
  }
}
