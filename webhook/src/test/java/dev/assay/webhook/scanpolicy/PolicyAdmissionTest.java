package dev.assay.webhook.scanpolicy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.scanpolicy.ScanPolicySpec;
import dev.assay.webhook.Verdict;
import dev.assay.webhook.Yaml;
import dev.assay.webhook.known.ArtifactFacts;
import dev.assay.webhook.review.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyAdmissionTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final String BASE = "scanners: [vuln, secret]\n";
  private static final List<ArtifactFacts> NONE = List.of();
  private static final List<ArtifactFacts> HELD =
      List.of(held("a", "releases"), held("b", "nightly"));

  /// @param way a word of the clause that names the loosening; empty when it is none
  record Case(String name, String was, String is, String way) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> edits() {
    return Stream.of(thresholds(), exceptions(), signatures()).flatMap(each -> each);
  }

  private static Stream<Case> thresholds() {
    return Stream.of(
        new Case("nothing", "", "", ""),
        new Case("pace", "interval: 1h", "interval: 2h", ""),
        new Case(
            "severity rises",
            "failOn: {severity: HIGH}",
            "failOn: {severity: CRITICAL}",
            "failOn.severity"),
        new Case("severity falls", "failOn: {severity: HIGH}", "failOn: {severity: MEDIUM}", ""),
        new Case("severity's default is HIGH", "", "failOn: {severity: HIGH}", ""),
        new Case("unfixed are ignored", "", "failOn: {ignoreUnfixed: true}", "ignoreUnfixed"),
        new Case("unfixed count", "failOn: {ignoreUnfixed: true}", "", ""),
        new Case("secrets no longer count", "", "failOn: {secrets: false}", "failOn.secrets"),
        new Case("secrets count", "failOn: {secrets: false}", "", ""),
        new Case("unscannable is allowed", "", "onUnscannable: Allow", "onUnscannable"),
        new Case("unscannable is held", "onUnscannable: Allow", "", ""),
        new Case("no scan for secrets", "", "scanners: [vuln]", "scanner secret"),
        new Case("no scan for vulnerabilities", "", "scanners: [secret]", "scanner vuln"),
        new Case("one scanner more", "", "scanners: [vuln, secret, license]", ""),
        new Case("a reporting scanner less", "scanners: [vuln, secret, license]", "", ""),
        new Case("another database", "", "engine: {dbRepository: example.org/db:2}", "database"),
        new Case("a VEX document", "", "vex: [{configMapRef: {name: vex}}]", "VEX"),
        new Case("a VEX document less", "vex: [{configMapRef: {name: vex}}]", "", ""),
        new Case("smaller scans", "", "job: {maxScanSize: 1Gi}", ""),
        new Case(
            "smaller scans where the rest passes",
            "onUnscannable: Allow",
            "onUnscannable: Allow\njob: {maxScanSize: 1Gi}",
            "maxScanSize"),
        new Case(
            "the same size in words",
            "onUnscannable: Allow",
            "onUnscannable: Allow\njob: {maxScanSize: 10Gi}",
            ""));
  }

  private static Stream<Case> exceptions() {
    return Stream.of(
        new Case(
            "a new exception", "", exception("CVE-1", "2027-01-01", ""), "exception for CVE-1"),
        new Case("one less", exception("CVE-1", "2027-01-01", ""), "", ""),
        new Case(
            "a longer one",
            exception("CVE-1", "2027-01-01", ""),
            exception("CVE-1", "2027-01-02", ""),
            "exception for CVE-1"),
        new Case(
            "a shorter one",
            exception("CVE-1", "2027-01-02", ""),
            exception("CVE-1", "2027-01-01", ""),
            ""),
        new Case(
            "a wider one",
            exception("CVE-1", "2027-01-01", "purl: pkg:npm/a"),
            exception("CVE-1", "2027-01-01", ""),
            "exception for CVE-1"),
        new Case(
            "for other labels",
            exception("CVE-1", "2027-01-01", "selector: {matchLabels: {a: b}}"),
            exception("CVE-1", "2027-01-01", "selector: {matchLabels: {a: c}}"),
            "exception for CVE-1"),
        new Case(
            "for another finding",
            exception("CVE-1", "2027-01-01", ""),
            exception("CVE-2", "2027-01-01", ""),
            "exception for CVE-2"),
        new Case(
            "another statement",
            exception("CVE-1", "2027-01-01", ""),
            exception("CVE-1", "2027-01-01", "statement: looked at"),
            ""));
  }

  private static Stream<Case> signatures() {
    var byKey = "verify: [{name: a, key: {secretRef: {name: k}}, mode: all}]";
    var byOtherKey = "verify: [{name: a, key: {secretRef: {name: l}}, mode: all}]";
    var byIdentity = "verify: [{name: a, keyless: {issuer: i, subject: s}, mode: all}]";
    var two = "attestations: [{predicateType: p}, {predicateType: q}]";
    var one = "attestations: [{predicateType: p}]";
    return Stream.of(
        new Case("a rule more", "", byKey, ""),
        new Case("a rule less", byKey, "", "rule 'a'"),
        new Case("another name", byKey, byKey.replace("name: a", "name: b"), ""),
        new Case("other keys", byKey, byOtherKey, "rule 'a'"),
        new Case("all of the keys", byKey, byKey.replace("k}}", "k}, match: all}"), ""),
        new Case(
            "any of the keys",
            byKey.replace("k}}", "k}, match: all}"),
            byKey.replace("k}}", "k}, match: any}"),
            "rule 'a'"),
        new Case("an identity instead", byKey, byIdentity, "rule 'a'"),
        new Case(
            "another identity",
            byIdentity,
            byIdentity.replace("subject: s", "subjectRegExp: .*"),
            "rule 'a'"),
        new Case("a statement less", rule(two, "all"), rule(one, "all"), "rule 'a'"),
        new Case("a statement more", rule(one, "all"), rule(two, "all"), ""),
        new Case("any of them", rule(two, "all"), rule(two, "any"), "rule 'a'"),
        new Case("all of them", rule(two, "any"), rule(two, "all"), ""),
        new Case("any of more", rule(one, "any"), rule(two, "any"), "rule 'a'"),
        new Case("any of fewer", rule(two, "any"), rule(one, "any"), ""),
        new Case("any of none", rule(two, "any"), rule("attestations: []", "any"), "rule 'a'"),
        new Case(
            "later", byKey.replace("mode: all", "mode: all, enforceAt: Admission"), byKey, ""));
  }

  @ParameterizedTest
  @MethodSource("edits")
  void whatMayFreeIsForReleasers(Case each) {
    var verdict =
        PolicyAdmission.decide(
            "demo", "p", spec(each.is()), Optional.of(spec(each.was())), HELD, NOON);

    if (each.way().isEmpty()) {
      assertThat(verdict).isInstanceOf(Verdict.Allow.class);
    } else {
      assertThat(verdict)
          .isInstanceOfSatisfying(
              Verdict.AllowWith.class,
              allow -> {
                assertThat(allow.why()).contains(each.way()).contains("2 Artifacts");
                assertThat(allow.buckets()).containsExactly("nightly", "releases");
              });
    }
  }

  @ParameterizedTest
  @MethodSource("edits")
  void whereNothingIsHeldEverythingIsAllowed(Case each) {
    assertThat(
            PolicyAdmission.decide(
                "demo", "p", spec(each.is()), Optional.of(spec(each.was())), NONE, NOON))
        .isInstanceOf(Verdict.Allow.class);
  }

  @Test
  void aPolicyThatComesBackMayBeAnother() {
    assertThat(PolicyAdmission.decide("demo", "p", spec(""), Optional.empty(), HELD, NOON))
        .isInstanceOf(Verdict.AllowWith.class);
  }

  @Test
  void anExceptionEndsWithinAYear() {
    var longest = NOON.plus(Duration.ofDays(366));

    assertThat(withException(longest)).isInstanceOf(Verdict.Allow.class);
    assertThat(withException(longest.plusSeconds(1)))
        .isInstanceOfSatisfying(
            Verdict.Deny.class,
            deny -> {
              assertThat(deny.refusal()).isEqualTo(Refusal.ExceptionUnbounded);
              assertThat(deny.message()).contains("CVE-1").contains("at most 366 days");
            });
  }

  @Test
  void anExceptionThatWasThereIsLeftAlone() {
    var old = spec(exception("CVE-1", "2036-01-01", ""));

    assertThat(PolicyAdmission.decide("demo", "p", old, Optional.of(old), NONE, NOON))
        .isEqualTo(Verdict.allow());
  }

  @Test
  void oneThatHasEndedIsPointedOut() {
    assertThat(
            PolicyAdmission.decide(
                "demo",
                "p",
                spec(exception("CVE-1", "2026-11-22", "")),
                Optional.empty(),
                NONE,
                NOON))
        .isInstanceOfSatisfying(
            Verdict.Allow.class,
            allow -> assertThat(allow.warnings()).singleElement().asString().contains("ended"));
  }

  private static Verdict withException(Instant expiresAt) {
    var yaml =
        "exceptions: [{id: CVE-1, justification: component_not_present, expiresAt: '%s'}]"
            .formatted(expiresAt);
    return PolicyAdmission.decide("demo", "p", spec(yaml), Optional.empty(), NONE, NOON);
  }

  private static String exception(String id, String day, String more) {
    return "exceptions: [{id: %s, justification: component_not_present, expiresAt: '%sT00:00:00Z'%s}]"
        .formatted(id, day, more.isEmpty() ? "" : ", " + more);
  }

  private static String rule(String attestations, String mode) {
    return "verify: [{name: a, key: {secretRef: {name: k}}, %s, mode: %s}]"
        .formatted(attestations, mode);
  }

  private static ScanPolicySpec spec(String yaml) {
    return Yaml.read(ScanPolicySpec.class, yaml.contains("scanners:") ? yaml : BASE + yaml);
  }

  private static ArtifactFacts held(String name, String bucket) {
    return new ArtifactFacts(
        "demo",
        name,
        bucket,
        Optional.empty(),
        Optional.empty(),
        true,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
