package dev.assay.scanjob.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.wire.scan.Findings;
import dev.assay.wire.scan.ScanSummary.Counts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the verdict is computed from, out of a merged report.
public final class FindingsOf {
  private static final List<String> SEVERITIES =
      List.of("CRITICAL", "HIGH", "MEDIUM", "LOW", "UNKNOWN");

  private static final Comparator<Findings.Vulnerability> WORST_FIRST =
      Comparator.<Findings.Vulnerability>comparingInt(v -> SEVERITIES.indexOf(v.severity()))
          .thenComparing(Findings.Vulnerability::id)
          .thenComparing(Findings.Vulnerability::packageName)
          .thenComparing(Findings.Vulnerability::installedVersion)
          .thenComparing(v -> v.purl() == null ? "" : v.purl());

  private static final Comparator<Findings.Secret> BY_PLACE =
      Comparator.comparing(Findings.Secret::path)
          .thenComparingInt(Findings.Secret::startLine)
          .thenComparing(Findings.Secret::ruleId);

  private FindingsOf() {}

  /// A package that lies in several places is one finding; a secret is one for each place.
  public static Findings report(JsonNode merged, String digest) {
    var vulnerabilities = new TreeSet<>(WORST_FIRST);
    var secrets = new TreeSet<>(BY_PLACE);
    int misconfigurations = 0;
    var licenses = new LinkedHashSet<JsonNode>();
    for (var result : merged.path("Results")) {
      result.path("Vulnerabilities").forEach(v -> vulnerabilities.add(vulnerability(v)));
      result.path("Secrets").forEach(s -> secrets.add(secret(s, result.path("Target").asText())));
      for (var misconfiguration : result.path("Misconfigurations")) {
        misconfigurations += misconfiguration.path("Status").asText().equals("FAIL") ? 1 : 0;
      }
      result.path("Licenses").forEach(licenses::add);
    }
    return new Findings(
        1,
        digest,
        new ArrayList<>(vulnerabilities),
        new ArrayList<>(secrets),
        misconfigurations,
        licenses.size());
  }

  public static Counts counts(Findings findings) {
    var counts = new int[SEVERITIES.size()];
    for (var v : findings.vulnerabilities()) {
      counts[SEVERITIES.indexOf(v.severity())]++;
    }
    return new Counts(
        counts[0], counts[1], counts[2], counts[3], counts[4], findings.secrets().size());
  }

  private static Findings.Vulnerability vulnerability(JsonNode v) {
    return new Findings.Vulnerability(
        v.path("VulnerabilityID").asText(),
        text(v.at("/PkgIdentifier/PURL")),
        v.path("PkgName").asText(),
        v.path("InstalledVersion").asText(),
        severity(v),
        text(v.path("FixedVersion")),
        text(v.path("Status")));
  }

  private static Findings.Secret secret(JsonNode s, String target) {
    return new Findings.Secret(
        s.path("RuleID").asText(), severity(s), target, s.path("StartLine").asInt());
  }

  /// A word that is not known is worth `UNKNOWN`, which policies have a rule for.
  private static String severity(JsonNode finding) {
    var word = finding.path("Severity").asText();
    return SEVERITIES.contains(word) ? word : "UNKNOWN";
  }

  private static @Nullable String text(JsonNode node) {
    var text = node.asText("");
    return text.isEmpty() ? null : text;
  }
}
