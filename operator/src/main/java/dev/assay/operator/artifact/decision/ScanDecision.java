package dev.assay.operator.artifact.decision;

import dev.assay.api.Vocabulary.ConditionTypes;
import dev.assay.api.Vocabulary.Reasons;
import dev.assay.operator.status.Draft;
import java.time.Instant;

/// Which verdict stands, and what to do for a newer one. A verdict stands until a newer one
/// replaces it, so a rescan takes nothing offline.
final class ScanDecision {
  private ScanDecision() {}

  static Judged decide(ScanCase at) {
    var judged = step(at);
    var scanned = scanned(at, judged.gate());
    at.draft().condition(scanned);
    var last = at.draft().scan();
    return last == null || last.validUntil() == null || !at.now().isBefore(last.validUntil())
        ? judged
        : judged.wakingAt(last.validUntil());
  }

  private static Judged step(ScanCase at) {
    return Rejudging.step(at).orElseGet(() -> scan(at));
  }

  private static Judged scan(ScanCase at) {
    var jobName = at.memory().jobName();
    if (jobName != null) {
      return RunningScan.follow(at, jobName);
    }
    return ScanRound.isDue(at.memory(), at.policy())
        ? ScanStart.decide(at)
        : Judged.of(at.standingOr(Reasons.PROGRESSING, "waiting for a verdict"));
  }

  private static Draft scanned(ScanCase at, Gate gate) {
    return switch (gate) {
      case Gate.Pending(_, var scanned) -> scanned;
      case Gate.Pass(var message) -> verdict(at, message);
      case Gate.Block(var cause, var message) ->
          cause.equals(Reasons.SCAN_FAILED)
              ? Draft.fails(ConditionTypes.SCANNED, cause, message)
              : verdict(at, message);
    };
  }

  private static Draft verdict(ScanCase at, String message) {
    var last = at.draft().scan();
    if (last == null || last.verdict() == null || last.scannedAt() == null) {
      return Draft.unknown(ConditionTypes.SCANNED, Reasons.PROGRESSING, message);
    }
    var stale = last.scannedAt().plus(at.policy().maxReportAge());
    return at.now().isBefore(stale)
        ? Draft.holds(ConditionTypes.SCANNED, VerdictRecord.reason(last.verdict()), message)
        : stale(last.scannedAt(), stale);
  }

  private static Draft stale(Instant scannedAt, Instant stale) {
    return Draft.unknown(
        ConditionTypes.SCANNED,
        Reasons.REPORT_STALE,
        "the report of %s is stale since %s (maxReportAge); it stays served, and cannot be promoted"
            .formatted(scannedAt, stale));
  }
}
