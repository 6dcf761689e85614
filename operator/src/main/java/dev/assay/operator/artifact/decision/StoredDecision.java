package dev.assay.operator.artifact.decision;

import static java.time.temporal.ChronoUnit.SECONDS;

import dev.assay.api.Vocabulary.ConditionTypes;
import dev.assay.api.Vocabulary.Reasons;
import dev.assay.api.artifact.ArtifactStatus.Quarantine;
import dev.assay.operator.status.Draft;
import dev.assay.wire.control.StateChange;
import dev.assay.wire.control.StoredVersion;
import dev.assay.wire.control.VersionState;
import java.time.Instant;

/// The bytes are stored: they are judged, then released or quarantined in the store, and only then
/// does status say so (decision 13).
final class StoredDecision {
  private StoredDecision() {}

  static Outcome decide(Observed seen, StoredVersion version, StatusDraft draft, Instant now) {
    draft.store(seen.subject().spec().bucketRef().name(), seen.subject().spec().version(), version);
    draft.condition(
        Draft.holds(
            ConditionTypes.ARTIFACT_IN_STORAGE,
            Reasons.STORED,
            "%d bytes, sha256:%s".formatted(version.sizeBytes(), version.sha256())));
    var leftover = UrlSecrets.uploadLeftover(seen);
    if (leftover.isPresent()) {
      return Outcome.of(leftover.get(), Standing.progressing("stored"));
    }
    draft.upload(null);
    return gated(seen, version, draft, judge(seen, version, draft, now), now);
  }

  private static Judged judge(
      Observed seen, StoredVersion version, StatusDraft draft, Instant now) {
    var wanted = seen.subject().spec().digest();
    var found = "sha256:" + version.sha256();
    if (wanted != null && !wanted.equals(found)) {
      return Judged.of(
          new Gate.Block(
              Reasons.DIGEST_MISMATCH,
              "spec says %s, the Bucket holds %s".formatted(wanted, found)));
    }
    // The scan does not wait for the signature: both are looked at while neither is there.
    return SignatureDecision.with(
        SignatureDecision.decide(seen, version, draft, now), scanned(seen, version, draft, now));
  }

  private static Judged scanned(
      Observed seen, StoredVersion version, StatusDraft draft, Instant now) {
    return switch (seen.policy()) {
      case PolicySight.InForce policy ->
          ScanDecision.decide(new ScanCase(seen, version, policy, draft, now));
      // Obstacles come first, so what is left is a Bucket that serves what it gets.
      case PolicySight.Unscanned _, PolicySight.Refused _, PolicySight.NotReady _ ->
          Judged.of(new Gate.Pass("stored; this Bucket serves what it gets without a scan"));
    };
  }

  private static Outcome gated(
      Observed seen, StoredVersion version, StatusDraft draft, Judged judged, Instant now) {
    var outcome =
        switch (judged.gate()) {
          case Gate.Pass(var message) -> pass(seen, version, draft, message, now);
          case Gate.Block(var cause, var message) ->
              block(seen, version, draft, cause, message, now);
          case Gate.Pending(var standing, _) -> {
            draft.quarantine(null);
            yield Outcome.rest(standing);
          }
        };
    var judging = judged.next().filter(_ -> !(outcome.next() instanceof Next.ChangeState));
    return new Outcome(judging.orElse(outcome.next()), outcome.standing(), outcome.wakeAt())
        .wakingAt(judged.wakeAt());
  }

  private static Outcome pass(
      Observed seen, StoredVersion version, StatusDraft draft, String message, Instant now) {
    draft.quarantine(null);
    return version.state() == VersionState.Released
        ? DownloadDecision.decide(seen, draft, Standing.ready(message), now)
        : change(version, VersionState.Released, "", "");
  }

  private static Outcome block(
      Observed seen,
      StoredVersion version,
      StatusDraft draft,
      String cause,
      String message,
      Instant now) {
    if (version.state() != VersionState.Quarantined) {
      return change(version, VersionState.Quarantined, cause, message);
    }
    var was = seen.subject().status().quarantine();
    var since = was == null ? now.truncatedTo(SECONDS) : was.since();
    draft.quarantine(new Quarantine(since, cause, message));
    var reason =
        cause.equals(Reasons.DIGEST_MISMATCH) ? Reasons.DIGEST_MISMATCH : Reasons.QUARANTINED;
    return DownloadDecision.withdraw(seen, draft, new Standing.Quarantined(reason, cause, message));
  }

  /// @param cause empty for a release
  static Outcome change(StoredVersion version, VersionState to, String cause, String message) {
    return Outcome.of(
        new Next.ChangeState(
            version.versionId(),
            new StateChange(
                to,
                version.stateRevision(),
                version.sha256(),
                cause.isEmpty() ? null : cause,
                message.isEmpty() ? null : message)),
        new Standing.Unchanged());
  }
}
