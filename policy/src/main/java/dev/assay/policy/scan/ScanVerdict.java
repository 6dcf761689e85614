package dev.assay.policy.scan;

import dev.assay.wire.scan.Findings;
import dev.assay.wire.scan.ScanSummary.Counts;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Computes the verdict from what a scan found and the rules and exceptions of today, so that an
/// exception's edit or end needs no new scan.
public final class ScanVerdict {
  private ScanVerdict() {}

  /// The verdict over findings.
  ///
  /// @param artifactLabels of the Artifact, which exceptions may select by
  public static Verdict of(
      Findings findings, VerdictRules rules, Map<String, String> artifactLabels, Instant now) {
    var left = Counted.of(findings, rules.exemptions(), artifactLabels, now);
    var failing = left.vulnerabilities().stream().filter(v -> fails(v, rules)).toList();
    var secrets = rules.secretsFail() ? left.secrets() : List.<Findings.Secret>of();
    var counted = counts(left.vulnerabilities(), left.secrets());
    if (failing.isEmpty() && secrets.isEmpty()) {
      var message = VerdictMessage.clean(counted, rules, left);
      return new Verdict.Clean(counted, left.excepted(), left.lapses(), message);
    }
    var what = counts(failing, secrets);
    var message = VerdictMessage.failing(failing, secrets, rules, left.excepted());
    return failing.isEmpty()
        ? new Verdict.SecretsFound(counted, what, left.excepted(), left.lapses(), message)
        : new Verdict.Vulnerable(counted, what, left.excepted(), left.lapses(), message);
  }

  /// The verdict over bytes that the Job called unscannable, or that the operator never gives to a
  /// Job because they are larger than the policy's `job.maxScanSize`.
  public static Verdict unscannable(String reason, String message, VerdictRules rules) {
    return new Verdict.Unscannable(
        reason,
        rules.allowUnscannable(),
        VerdictMessage.bounded("cannot be scanned (" + reason + "): " + message));
  }

  private static boolean fails(Findings.Vulnerability found, VerdictRules rules) {
    return Severity.of(found.severity()).atLeast(rules.threshold())
        && !(rules.ignoreUnfixed() && unfixed(found));
  }

  private static boolean unfixed(Findings.Vulnerability found) {
    var fixed = found.fixedVersion();
    return fixed == null || fixed.isBlank();
  }

  static Counts counts(
      List<Findings.Vulnerability> vulnerabilities, List<Findings.Secret> secrets) {
    var by = new EnumMap<Severity, Integer>(Severity.class);
    vulnerabilities.forEach(v -> by.merge(Severity.of(v.severity()), 1, Integer::sum));
    return new Counts(
        by.getOrDefault(Severity.CRITICAL, 0),
        by.getOrDefault(Severity.HIGH, 0),
        by.getOrDefault(Severity.MEDIUM, 0),
        by.getOrDefault(Severity.LOW, 0),
        by.getOrDefault(Severity.UNKNOWN, 0),
        secrets.size());
  }
}
