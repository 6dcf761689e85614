package dev.assay.webhook.scanpolicy;

import dev.assay.api.scanpolicy.ScanPolicySpec;
import dev.assay.api.scanpolicy.ScanPolicySpec.Scanner;
import dev.assay.api.scanpolicy.VerifyRule;
import dev.assay.policy.scan.Exemption;
import dev.assay.policy.scan.SpecRules;
import dev.assay.policy.scan.VerdictRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// In which ways one spec may pass what another one held back. What it cannot tell to be as strict
/// counts as looser.
final class Loosening {
  private static final String USUAL_MAX_SCAN_SIZE = "10Gi";

  private Loosening() {}

  /// @return a clause for each way; empty when the new spec is at least as strict
  static List<String> between(ScanPolicySpec was, ScanPolicySpec is, Instant now) {
    List<String> ways = new ArrayList<>();
    scanners(was, is, ways);
    thresholds(SpecRules.of(was).rules(), SpecRules.of(is).rules(), ways);
    exceptions(SpecRules.of(was).rules(), SpecRules.of(is).rules(), now, ways);
    signatures(was, is, ways);
    if (!was.vex().containsAll(is.vex())) {
      ways.add("another VEX document would take findings away");
    }
    if (!Objects.equals(was.engine(), is.engine())) {
      ways.add("another engine or database may find less");
    }
    if (is.onUnscannable() == ScanPolicySpec.OnUnscannable.Allow
        && !maxScanSize(was).equals(maxScanSize(is))) {
      ways.add("another job.maxScanSize changes what is unscannable, which is allowed");
    }
    return List.copyOf(ways);
  }

  private static void scanners(ScanPolicySpec was, ScanPolicySpec is, List<String> ways) {
    for (var scanner : List.of(Scanner.vuln, Scanner.secret)) {
      if (was.scanners().contains(scanner) && !is.scanners().contains(scanner)) {
        ways.add("scanner %s would no longer run".formatted(scanner));
      }
    }
  }

  private static void thresholds(VerdictRules was, VerdictRules is, List<String> ways) {
    if (is.threshold().compareTo(was.threshold()) > 0) {
      ways.add("failOn.severity would rise to " + is.threshold());
    }
    if (is.ignoreUnfixed() && !was.ignoreUnfixed()) {
      ways.add("failOn.ignoreUnfixed would be set");
    }
    if (!is.secretsFail() && was.secretsFail()) {
      ways.add("failOn.secrets would be taken away");
    }
    if (is.allowUnscannable() && !was.allowUnscannable()) {
      ways.add("onUnscannable would be Allow");
    }
  }

  private static void exceptions(
      VerdictRules was, VerdictRules is, Instant now, List<String> ways) {
    is.exemptions().stream()
        .filter(exemption -> exemption.activeAt(now))
        .filter(exemption -> was.exemptions().stream().noneMatch(old -> covers(old, exemption)))
        .forEach(exemption ->
            ways.add("the exception for %s would be new or wider".formatted(exemption.id())));
  }

  private static boolean covers(Exemption old, Exemption exemption) {
    return old.id().equalsIgnoreCase(exemption.id())
        && old.packages().equals(exemption.packages())
        && old.artifacts().equals(exemption.artifacts())
        && !exemption.expiresAt().isAfter(old.expiresAt());
  }

  private static void signatures(ScanPolicySpec was, ScanPolicySpec is, List<String> ways) {
    was.verify().stream()
        .filter(old -> is.verify().stream().noneMatch(rule -> asksAsMuch(old, rule)))
        .forEach(old ->
            ways.add("rule '%s' of verify would ask for less or for others".formatted(old.name())));
  }

  private static boolean asksAsMuch(VerifyRule old, VerifyRule rule) {
    var all = rule.mode() != VerifyRule.Mode.any;
    return asksTheSameKeys(old.key(), rule.key())
        && Objects.equals(old.keyless(), rule.keyless())
        && (all
            ? rule.attestations().containsAll(old.attestations())
            : old.mode() == VerifyRule.Mode.any
                && old.attestations().containsAll(rule.attestations())
                && !rule.attestations().isEmpty());
  }

  private static boolean asksTheSameKeys(
      VerifyRule.@Nullable Key old, VerifyRule.@Nullable Key key) {
    if (old == null || key == null) {
      return old == null && key == null;
    }
    var asManyOfThem = key.match() == VerifyRule.Mode.all || old.match() != VerifyRule.Mode.all;
    return old.secretRef().equals(key.secretRef()) && asManyOfThem;
  }

  private static String maxScanSize(ScanPolicySpec spec) {
    return sizeOf(spec.job());
  }

  private static String sizeOf(dev.assay.api.scanpolicy.@Nullable Job job) {
    return job == null || job.maxScanSize() == null ? USUAL_MAX_SCAN_SIZE : job.maxScanSize();
  }
}
