package dev.assay.policy.scan;

import dev.assay.wire.scan.Findings;
import dev.assay.wire.scan.ScanSummary.Counts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Computes the verdict from what a scan found and the rules and exceptions of today, so that an
/// exception's edit or end needs no new scan.
public final class ScanVerdict {
  private ScanVerdict() {}

  /// The verdict over findings.
  ///
  /// @param artifactLabels of the Artifact, which exceptions may select by
  public static Verdict of(
      Findings findings, VerdictRules rules, Map<String, String> artifactLabels, Instant now) {
    var sorted = new Sorted(now);
    for (var found : findings.vulnerabilities()) {
      if (fails(found, rules)) {
        sorted.vulnerability(found, covering(rules, e -> e.covers(found, artifactLabels)));
      }
    }
    for (var found : findings.secrets()) {
      if (rules.secretsFail()) {
        sorted.secret(found, covering(rules, e -> e.covers(found, artifactLabels)));
      }
    }
    return sorted.verdict(findings, rules);
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

  private static List<Exemption> covering(VerdictRules rules, Predicate<Exemption> covers) {
    return rules.exemptions().stream().filter(covers).toList();
  }

  /// What would fail without exceptions, by whether an active exception covers it.
  private static final class Sorted {
    private final Instant now;
    private final List<Findings.Vulnerability> failing = new ArrayList<>();
    private final List<Findings.Secret> failingSecrets = new ArrayList<>();
    private final TreeSet<Instant> lapses = new TreeSet<>();
    private int excepted;

    Sorted(Instant now) {
      this.now = now;
    }

    void vulnerability(Findings.Vulnerability found, List<Exemption> covering) {
      if (!excepted(covering)) {
        failing.add(found);
      }
    }

    void secret(Findings.Secret found, List<Exemption> covering) {
      if (!excepted(covering)) {
        failingSecrets.add(found);
      }
    }

    // A finding is covered until the last of its exceptions ends.
    private boolean excepted(List<Exemption> covering) {
      var end =
          covering.stream()
              .filter(e -> e.activeAt(now))
              .map(Exemption::expiresAt)
              .max(Instant::compareTo);
      end.ifPresent(instant -> {
        lapses.add(instant);
        excepted++;
      });
      return end.isPresent();
    }

    Verdict verdict(Findings findings, VerdictRules rules) {
      var found = counts(findings.vulnerabilities(), findings.secrets());
      var ends = List.copyOf(lapses);
      if (failing.isEmpty() && failingSecrets.isEmpty()) {
        return new Verdict.Clean(
            found, excepted, ends, VerdictMessage.clean(found, rules, excepted, ends));
      }
      return new Verdict.Vulnerable(
          found,
          counts(failing, failingSecrets),
          excepted,
          ends,
          VerdictMessage.vulnerable(failing, failingSecrets, rules, excepted));
    }
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
