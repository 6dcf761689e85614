package dev.assay.policy.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.wire.scan.Findings;
import dev.assay.wire.scan.ScanSummary.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScanVerdictTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant LATER = NOON.plus(Duration.ofDays(30));
  private static final Instant LATEST = NOON.plus(Duration.ofDays(60));
  private static final Map<String, String> LABELS = Map.of("team", "red");
  private static final VerdictRules STRICT =
      new VerdictRules(Severity.HIGH, false, true, false, List.of());
  private static final Findings.Vulnerability LOG4SHELL =
      found("CVE-2021-44228", "log4j-core", "CRITICAL", "2.15.0");
  private static final Findings.Vulnerability UNFIXED = found("CVE-1", "zlib", "HIGH", null);
  private static final Findings.Secret KEY =
      new Findings.Secret("private-key", "HIGH", "etc/id_rsa", 1);

  record Case(
      String name,
      List<Findings.Vulnerability> vulnerabilities,
      List<Findings.Secret> secrets,
      VerdictRules rules,
      String verdict,
      List<Instant> lapses,
      String message) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            "nothing found is clean",
            List.of(),
            List.of(),
            STRICT,
            "Clean",
            List.of(),
            "nothing fails at or above HIGH"),
        new Case(
            "what is below the threshold is clean, and counted",
            List.of(
                found("CVE-2", "a", "MEDIUM", "2"),
                found("CVE-3", "b", "LOW", "2"),
                found("CVE-4", "c", "UNKNOWN", "2"),
                found("CVE-5", "d", "a word of tomorrow", "2")),
            List.of(),
            STRICT,
            "Clean",
            List.of(),
            "nothing fails at or above HIGH; found 1 MEDIUM, 1 LOW, 2 UNKNOWN"),
        new Case(
            "the threshold itself fails",
            List.of(found("CVE-6", "a", "HIGH", "2")),
            List.of(),
            STRICT,
            "Vulnerable",
            List.of(),
            "1 HIGH at or above HIGH: CVE-6 in a 1.0 (fixed in 2)"),
        new Case(
            "the worst comes first, then by id",
            List.of(found("CVE-9", "b", "high", "3"), found("CVE-8", "a", "HIGH", ""), LOG4SHELL),
            List.of(),
            STRICT,
            "Vulnerable",
            List.of(),
            "1 CRITICAL, 2 HIGH at or above HIGH: CVE-2021-44228 in log4j-core 1.0 (fixed in"
                + " 2.15.0), CVE-8 in a 1.0 (no fix), CVE-9 in b 1.0 (fixed in 3)"),
        new Case(
            "more than five are a number",
            Stream.of("1", "2", "3", "4", "5", "6", "7")
                .map(n -> found(n, n, "HIGH", "2"))
                .toList(),
            List.of(),
            STRICT,
            "Vulnerable",
            List.of(),
            "7 HIGH at or above HIGH: 1 in 1 1.0 (fixed in 2), 2 in 2 1.0 (fixed in 2), 3 in 3 1.0"
                + " (fixed in 2), 4 in 4 1.0 (fixed in 2), 5 in 5 1.0 (fixed in 2) and 2 more"),
        new Case(
            "a threshold of UNKNOWN fails on everything",
            List.of(found("CVE-4", "c", "UNKNOWN", "2")),
            List.of(),
            rules(Severity.UNKNOWN, false, true),
            "Vulnerable",
            List.of(),
            "1 UNKNOWN at or above UNKNOWN: CVE-4 in c 1.0 (fixed in 2)"),
        new Case(
            "what has no fix fails by default",
            List.of(UNFIXED),
            List.of(),
            STRICT,
            "Vulnerable",
            List.of(),
            "1 HIGH at or above HIGH: CVE-1 in zlib 1.0 (no fix)"),
        new Case(
            "what has no fix is let through where the policy says so",
            List.of(UNFIXED, found("CVE-7", "x", "CRITICAL", " ")),
            List.of(),
            rules(Severity.HIGH, true, true),
            "Clean",
            List.of(),
            "nothing fails at or above HIGH; found 1 CRITICAL, 1 HIGH"),
        new Case(
            "ignoreUnfixed does not spare what has a fix",
            List.of(UNFIXED, LOG4SHELL),
            List.of(),
            rules(Severity.HIGH, true, true),
            "Vulnerable",
            List.of(),
            "1 CRITICAL at or above HIGH: CVE-2021-44228 in log4j-core 1.0 (fixed in 2.15.0)"),
        new Case(
            "a secret fails",
            List.of(),
            List.of(KEY),
            STRICT,
            "SecretsFound",
            List.of(),
            "1 secret: private-key in etc/id_rsa:1"),
        new Case(
            "a secret is only counted where the policy says so",
            List.of(),
            List.of(KEY),
            rules(Severity.HIGH, false, false),
            "Clean",
            List.of(),
            "nothing fails at or above HIGH; 1 secret"),
        new Case(
            "a vulnerability and secrets are told together",
            List.of(UNFIXED),
            List.of(new Findings.Secret("b", "LOW", "z", 2), KEY),
            STRICT,
            "Vulnerable",
            List.of(),
            "1 HIGH at or above HIGH: CVE-1 in zlib 1.0 (no fix); 2 secrets: b in z:2, private-key"
                + " in etc/id_rsa:1"),
        new Case(
            "an exception lets through until it ends",
            List.of(LOG4SHELL),
            List.of(),
            with(any("cve-2021-44228", LATER)),
            "Clean",
            List.of(LATER),
            "nothing fails at or above HIGH; 1 excepted until " + LATER),
        new Case(
            "an exception's end itself is too late",
            List.of(LOG4SHELL),
            List.of(),
            with(any("CVE-2021-44228", NOON)),
            "Vulnerable",
            List.of(),
            "1 CRITICAL at or above HIGH: CVE-2021-44228 in log4j-core 1.0 (fixed in 2.15.0)"),
        new Case(
            "of two exceptions the later end counts",
            List.of(LOG4SHELL),
            List.of(),
            with(any("CVE-2021-44228", LATER), any("CVE-2021-44228", LATEST)),
            "Clean",
            List.of(LATEST),
            "nothing fails at or above HIGH; 1 excepted until " + LATEST),
        new Case(
            "of two findings the earlier end counts",
            List.of(LOG4SHELL, UNFIXED),
            List.of(),
            with(any("CVE-2021-44228", LATEST), any("CVE-1", LATER)),
            "Clean",
            List.of(LATER, LATEST),
            "nothing fails at or above HIGH; 2 excepted until " + LATER),
        new Case(
            "an exception for what passes anyhow changes the numbers",
            List.of(found("CVE-2", "a", "LOW", "2"), found("CVE-3", "a", "LOW", "2")),
            List.of(),
            with(any("CVE-2", LATER)),
            "Clean",
            List.of(LATER),
            "nothing fails at or above HIGH; found 1 LOW; 1 excepted until " + LATER),
        new Case(
            "an exception beside a failure matters",
            List.of(LOG4SHELL, UNFIXED),
            List.of(),
            with(any("CVE-1", LATER)),
            "Vulnerable",
            List.of(LATER),
            "1 CRITICAL at or above HIGH: CVE-2021-44228 in log4j-core 1.0 (fixed in 2.15.0); 1"
                + " excepted"),
        new Case(
            "an exception for other Artifacts does not hold",
            List.of(LOG4SHELL),
            List.of(),
            with(selecting("CVE-2021-44228", Map.of("team", "blue"))),
            "Vulnerable",
            List.of(),
            "1 CRITICAL at or above HIGH: CVE-2021-44228 in log4j-core 1.0 (fixed in 2.15.0)"),
        new Case(
            "an exception for these Artifacts holds",
            List.of(LOG4SHELL),
            List.of(),
            with(selecting("CVE-2021-44228", Map.of("team", "red"))),
            "Clean",
            List.of(LATER),
            "nothing fails at or above HIGH; 1 excepted until " + LATER),
        new Case(
            "an exception for a package holds for its purl",
            List.of(LOG4SHELL),
            List.of(),
            with(of("CVE-2021-44228", "pkg:maven/g/log4j-core")),
            "Clean",
            List.of(LATER),
            "nothing fails at or above HIGH; 1 excepted until " + LATER),
        new Case(
            "an exception for another package does not hold",
            List.of(LOG4SHELL),
            List.of(),
            with(of("CVE-2021-44228", "pkg:maven/g/log4j-api")),
            "Vulnerable",
            List.of(),
            "1 CRITICAL at or above HIGH: CVE-2021-44228 in log4j-core 1.0 (fixed in 2.15.0)"),
        new Case(
            "an exception for a package does not hold for a finding without purl",
            List.of(new Findings.Vulnerability("CVE-1", null, "x", "1.0", "HIGH", "2", null)),
            List.of(),
            with(of("CVE-1", "pkg:maven/g/x")),
            "Vulnerable",
            List.of(),
            "1 HIGH at or above HIGH: CVE-1 in x 1.0 (fixed in 2)"),
        new Case(
            "nor for a finding whose purl cannot be read",
            List.of(new Findings.Vulnerability("CVE-1", "maven", "x", "1.0", "HIGH", "2", null)),
            List.of(),
            with(of("CVE-1", "pkg:maven/g/x")),
            "Vulnerable",
            List.of(),
            "1 HIGH at or above HIGH: CVE-1 in x 1.0 (fixed in 2)"),
        new Case(
            "a secret's rule can be excepted",
            List.of(),
            List.of(KEY),
            with(any("private-key", LATER)),
            "Clean",
            List.of(LATER),
            "nothing fails at or above HIGH; 1 excepted until " + LATER),
        new Case(
            "a secret's rule is excepted for the selected Artifacts alone",
            List.of(),
            List.of(KEY),
            with(selecting("private-key", Map.of("team", "blue"))),
            "SecretsFound",
            List.of(),
            "1 secret: private-key in etc/id_rsa:1"),
        new Case(
            "a secret lies in no package",
            List.of(),
            List.of(KEY),
            with(of("private-key", "pkg:maven/g/x")),
            "SecretsFound",
            List.of(),
            "1 secret: private-key in etc/id_rsa:1"),
        new Case(
            "another secret's rule is not excepted",
            List.of(),
            List.of(KEY),
            with(any("aws-key", LATER)),
            "SecretsFound",
            List.of(),
            "1 secret: private-key in etc/id_rsa:1"),
        new Case(
            "hostile names cannot rewrite the message",
            List.of(),
            List.of(new Findings.Secret("r", "LOW", "a\n\u202eb\u2028\ud800\ue000", 3)),
            STRICT,
            "SecretsFound",
            List.of(),
            "1 secret: r in a??b???:3"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void judgesFindingsByTodaysRules(Case c) {
    var findings = new Findings(1, "sha256:x", c.vulnerabilities(), c.secrets(), 0, 0);

    var verdict = ScanVerdict.of(findings, c.rules(), LABELS, NOON);

    assertThat(verdict.getClass().getSimpleName()).isEqualTo(c.verdict());
    assertThat(verdict.releases()).isEqualTo(c.verdict().equals("Clean"));
    assertThat(verdict.message()).isEqualTo(c.message());
    assertThat(verdict.changesAt()).isEqualTo(c.lapses().stream().findFirst());
    assertThat(lapses(verdict)).isEqualTo(c.lapses());
  }

  @Test
  void countsWhatWasFoundAndWhatFails() {
    var findings =
        new Findings(
            1,
            "sha256:x",
            List.of(
                LOG4SHELL,
                UNFIXED,
                found("m", "m", "MEDIUM", "2"),
                found("m", "m", "MEDIUM", "2"),
                found("l", "l", "LOW", "2"),
                found("u", "u", "UNKNOWN", "2")),
            List.of(KEY),
            4,
            5);

    var verdict = ScanVerdict.of(findings, with(any("CVE-1", LATER)), LABELS, NOON);

    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Vulnerable.class,
            v -> {
              assertThat(v.counted()).isEqualTo(new Counts(1, 0, 2, 1, 1, 1));
              assertThat(v.failing()).isEqualTo(new Counts(1, 0, 0, 0, 0, 1));
              assertThat(v.excepted()).isEqualTo(1);
            });
  }

  @Test
  void secretsAloneAreCountedAsWhatFails() {
    var findings =
        new Findings(1, "sha256:x", List.of(found("l", "l", "LOW", "2")), List.of(KEY, KEY), 0, 0);

    var verdict = ScanVerdict.of(findings, STRICT, LABELS, NOON);

    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.SecretsFound.class,
            v -> {
              assertThat(v.counted()).isEqualTo(new Counts(0, 0, 0, 1, 0, 2));
              assertThat(v.failing()).isEqualTo(new Counts(0, 0, 0, 0, 0, 2));
              assertThat(v.excepted()).isZero();
            });
  }

  @Test
  void aCleanVerdictCountsTheExcepted() {
    var findings = new Findings(1, "sha256:x", List.of(LOG4SHELL, UNFIXED), List.of(), 0, 0);

    var verdict =
        ScanVerdict.of(
            findings, with(any("CVE-1", LATER), any("CVE-2021-44228", LATER)), LABELS, NOON);

    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Clean.class,
            v -> {
              assertThat(v.counted()).isEqualTo(new Counts(0, 0, 0, 0, 0, 0));
              assertThat(v.excepted()).isEqualTo(2);
            });
  }

  @Test
  void unscannableIsReleasedOnlyWhereThePolicyAllowsIt() {
    var refused = ScanVerdict.unscannable("ArchiveTooLarge", "12 GiB unpacked", STRICT);
    var allowed =
        ScanVerdict.unscannable(
            "ArchiveTooLarge",
            "12 GiB unpacked",
            new VerdictRules(Severity.HIGH, false, true, true, List.of()));

    assertThat(refused.releases()).isFalse();
    assertThat(allowed.releases()).isTrue();
    assertThat(refused.message()).isEqualTo("cannot be scanned (ArchiveTooLarge): 12 GiB unpacked");
    assertThat(refused.changesAt()).isEqualTo(Optional.empty());
  }

  @Test
  void messagesAreBounded() {
    var all = new ArrayList<Findings.Vulnerability>();
    for (var i = 0; i < 2_000; i++) {
      all.add(found("CVE-" + "9".repeat(300), "p".repeat(1_000), "CRITICAL", "v".repeat(1_000)));
    }

    var verdict =
        ScanVerdict.of(new Findings(1, "sha256:x", all, List.of(), 0, 0), STRICT, LABELS, NOON);

    assertThat(verdict.message()).hasSize(VerdictMessage.LONGEST).endsWith("…");
    assertThat(verdict.message()).contains("p".repeat(79) + "… 1.0");
  }

  @Test
  void aWordOfTheLongestLengthIsQuotedWhole() {
    var whole = found("CVE-1", "p".repeat(80), "HIGH", "2");
    var cutInAPair = found("CVE-1", "p".repeat(78) + "😀😀", "HIGH", "2");

    assertThat(message(whole)).contains(" " + "p".repeat(80) + " 1.0");
    assertThat(message(cutInAPair)).contains(" " + "p".repeat(78) + "… 1.0");
  }

  private static String message(Findings.Vulnerability found) {
    var findings = new Findings(1, "sha256:x", List.of(found), List.of(), 0, 0);
    return ScanVerdict.of(findings, STRICT, LABELS, NOON).message();
  }

  private static List<Instant> lapses(Verdict verdict) {
    return verdict instanceof Verdict.Scanned scanned ? scanned.lapses() : List.of();
  }

  private static Findings.Vulnerability found(
      String id, String name, String severity, @Nullable String fixed) {
    return new Findings.Vulnerability(
        id, "pkg:maven/g/" + name + "@1.0", name, "1.0", severity, fixed, "fixed");
  }

  private static VerdictRules rules(Severity threshold, boolean ignoreUnfixed, boolean secrets) {
    return new VerdictRules(threshold, ignoreUnfixed, secrets, false, List.of());
  }

  private static VerdictRules with(Exemption... exemptions) {
    return new VerdictRules(Severity.HIGH, false, true, false, List.of(exemptions));
  }

  private static Exemption any(String id, Instant end) {
    return new Exemption(id, new Exemption.Packages.Any(), LabelMatch.EVERYTHING, end);
  }

  private static Exemption of(String id, String purl) {
    var read = (Purl.Reading.Ok) Purl.read(purl);
    return new Exemption(
        id, new Exemption.Packages.Matching(read.purl()), LabelMatch.EVERYTHING, LATER);
  }

  private static Exemption selecting(String id, Map<String, String> labels) {
    return new Exemption(
        id, new Exemption.Packages.Any(), new LabelMatch(labels, List.of()), LATER);
  }
}
