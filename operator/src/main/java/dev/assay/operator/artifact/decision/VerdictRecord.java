package dev.assay.operator.artifact.decision;

import static java.time.temporal.ChronoUnit.SECONDS;

import dev.assay.api.Condition;
import dev.assay.api.StoredRef;
import dev.assay.api.Vocabulary.ConditionTypes;
import dev.assay.api.Vocabulary.Reasons;
import dev.assay.api.artifact.Scan;
import dev.assay.api.artifact.ScanBuilder;
import dev.assay.policy.scan.Verdict;
import dev.assay.wire.scan.ScanSummary;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How a verdict is written into status, and read back.
final class VerdictRecord {
  private static final ScanSummary.Counts NOTHING = new ScanSummary.Counts(0, 0, 0, 0, 0, 0);

  private static final Set<String> VERDICTS =
      Set.of(
          Reasons.CLEAN, Reasons.VULNERABILITIES_FOUND, Reasons.SECRETS_FOUND, Reasons.UNSCANNABLE);

  private VerdictRecord() {}

  /// The verdict over what was found at `scannedAt`, by the rules of today.
  static ScanBuilder write(
      ScanBuilder scan, Verdict verdict, PolicySight.InForce policy, Instant scannedAt) {
    var stale = scannedAt.plus(policy.maxReportAge());
    var lapse = verdict.changesAt().filter(t -> t.isBefore(stale));
    var counts = counting(verdict);
    return scan.verdict(word(verdict))
        .policy(policy.name())
        .policyGeneration(policy.generation())
        .scannedAt(scannedAt)
        .validUntil(lapse.orElse(stale).truncatedTo(SECONDS))
        .nextScanAt(policy.rescans().nextSlot().orElse(null))
        .critical(counts.critical())
        .high(counts.high())
        .medium(counts.medium())
        .low(counts.low())
        .unknown(counts.unknown())
        .secrets(counts.secrets())
        .excepted(excepted(verdict));
  }

  /// What a finished round leaves behind.
  static ScanBuilder finished(ScanBuilder scan, ScanSummary summary, String inputsHash) {
    return scan.inputsHash(inputsHash)
        .databaseUpdatedAt(summary.databaseUpdatedAt())
        .engineVersion(summary.trivyVersion())
        .reportRef(ref(summary.report()))
        .sbomRef(ref(summary.sbom()))
        .findingsRef(ref(summary.findings()))
        .jobName(null)
        .attempts(null)
        .nextAttemptAt(null)
        .lastFailure(null);
  }

  static @Nullable StoredRef ref(ScanSummary.@Nullable Stored stored) {
    return stored == null ? null : new StoredRef(stored.key(), "sha256:" + stored.sha256());
  }

  static Gate gate(Verdict verdict) {
    return verdict.releases()
        ? new Gate.Pass(verdict.message())
        : new Gate.Block(reason(word(verdict)), verdict.message());
  }

  /// The gate of a verdict that stands, with the sentence that was written of it.
  static Gate standing(Subject subject, Scan scan, Scan.Verdict verdict, boolean allowUnscannable) {
    var message = message(subject, scan);
    var passes =
        switch (verdict) {
          case Clean -> true;
          case Unscannable -> allowUnscannable;
          case Vulnerable, SecretsFound -> false;
        };
    return passes ? new Gate.Pass(message) : new Gate.Block(reason(verdict), message);
  }

  static String reason(Scan.Verdict verdict) {
    return switch (verdict) {
      case Clean -> Reasons.CLEAN;
      case Vulnerable -> Reasons.VULNERABILITIES_FOUND;
      case SecretsFound -> Reasons.SECRETS_FOUND;
      case Unscannable -> Reasons.UNSCANNABLE;
    };
  }

  private static Scan.Verdict word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Clean _ -> Scan.Verdict.Clean;
      case Verdict.Vulnerable _ -> Scan.Verdict.Vulnerable;
      case Verdict.SecretsFound _ -> Scan.Verdict.SecretsFound;
      case Verdict.Unscannable _ -> Scan.Verdict.Unscannable;
    };
  }

  private static ScanSummary.Counts counting(Verdict verdict) {
    return verdict instanceof Verdict.Scanned scanned ? scanned.counted() : NOTHING;
  }

  private static int excepted(Verdict verdict) {
    return verdict instanceof Verdict.Scanned scanned ? scanned.excepted() : 0;
  }

  // The condition has the sentence; while it says something else, the numbers must do.
  private static String message(Subject subject, Scan scan) {
    return subject
        .condition(ConditionTypes.SCANNED)
        .filter(c -> VERDICTS.contains(c.reason()))
        .map(Condition::message)
        .orElseGet(() -> numbers(scan));
  }

  private static String numbers(Scan scan) {
    return "scanned at %s: critical %s, high %s, medium %s, low %s, unknown %s, secrets %s"
        .formatted(
            scan.scannedAt(),
            zero(scan.critical()),
            zero(scan.high()),
            zero(scan.medium()),
            zero(scan.low()),
            zero(scan.unknown()),
            zero(scan.secrets()));
  }

  private static int zero(@Nullable Integer maybe) {
    return maybe == null ? 0 : maybe;
  }
}
