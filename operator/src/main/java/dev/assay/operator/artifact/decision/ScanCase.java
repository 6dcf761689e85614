package dev.assay.operator.artifact.decision;

import static java.time.temporal.ChronoUnit.SECONDS;

import dev.assay.api.Vocabulary.ConditionTypes;
import dev.assay.api.Vocabulary.Reasons;
import dev.assay.api.artifact.Scan;
import dev.assay.api.artifact.ScanBuilder;
import dev.assay.operator.status.Draft;
import dev.assay.wire.control.StoredVersion;
import java.time.Instant;
import java.util.Optional;

/// Stored bytes and the policy that judges them: what the scan stage decides on.
record ScanCase(
    Observed seen,
    StoredVersion version,
    PolicySight.InForce policy,
    StatusDraft draft,
    Instant now) {

  Subject subject() {
    return seen.subject();
  }

  Sights.Scanning scanning() {
    return seen.scanning();
  }

  /// What status remembers; empty fields where it remembers nothing.
  Scan memory() {
    return ScanBuilder.of(subject().status().scan()).build();
  }

  ScanRound round() {
    return ScanRound.of(subject(), version, policy);
  }

  int failures() {
    var attempts = memory().attempts();
    return attempts == null ? 0 : attempts;
  }

  Instant seconds() {
    return now.truncatedTo(SECONDS);
  }

  /// What the last verdict says, or that there is none.
  ///
  /// @param meanwhile reason of Scanned and message while there is no verdict
  Gate standingOr(String meanwhile, String message) {
    return standing().orElseGet(() -> pending(Standing.progressing(message), meanwhile, message));
  }

  Optional<Gate> standing() {
    var last = memory();
    return Optional.ofNullable(last.verdict())
        .map(verdict ->
            VerdictRecord.standing(subject(), last, verdict, policy.rules().allowUnscannable()));
  }

  static Gate pending(Standing standing, String reason, String message) {
    return new Gate.Pending(standing, Draft.unknown(ConditionTypes.SCANNED, reason, message));
  }

  static Gate failed(Standing standing, String message) {
    return new Gate.Pending(
        standing, Draft.fails(ConditionTypes.SCANNED, Reasons.SCAN_FAILED, message));
  }
}
