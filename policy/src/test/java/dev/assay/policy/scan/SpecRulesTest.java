package dev.assay.policy.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.assay.api.scanpolicy.ScanPolicySpec;
import dev.assay.policy.scan.Exemption.Packages;
import dev.assay.policy.scan.LabelMatch.Expression;
import dev.assay.wire.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpecRulesTest {
  private static final Instant END = Instant.parse("2027-01-01T00:00:00Z");

  record Case(String name, String spec, VerdictRules rules, List<String> problems) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            "an empty spec means HIGH, secrets, and quarantine of the unscannable",
            "{}",
            new VerdictRules(Severity.HIGH, false, true, false, List.of()),
            List.of()),
        new Case(
            "an empty failOn too",
            "{\"failOn\":{},\"onUnscannable\":\"Quarantine\"}",
            new VerdictRules(Severity.HIGH, false, true, false, List.of()),
            List.of()),
        new Case(
            "what is asked for",
            """
            {"failOn":{"severity":"MEDIUM","ignoreUnfixed":true,"secrets":false},
             "onUnscannable":"Allow"}
            """,
            new VerdictRules(Severity.MEDIUM, true, false, true, List.of()),
            List.of()),
        new Case(
            "an exception for everything",
            exceptions("\"id\":\"CVE-1\""),
            with(new Exemption("CVE-1", new Packages.Any(), LabelMatch.EVERYTHING, END)),
            List.of()),
        new Case(
            "an exception for a package and some Artifacts",
            exceptions(
                """
                "id":"CVE-1","purl":"pkg:npm/lodash@4.17.20","selector":{
                  "matchLabels":{"team":"red"},
                  "matchExpressions":[
                    {"key":"a","operator":"In","values":["1","2"]},
                    {"key":"b","operator":"NotIn","values":["3"]},
                    {"key":"c","operator":"Exists"},
                    {"key":"d","operator":"DoesNotExist"}]}
                """),
            with(
                new Exemption(
                    "CVE-1",
                    new Packages.Matching(new Purl("npm", "", "lodash", "4.17.20", Map.of(), "")),
                    new LabelMatch(
                        Map.of("team", "red"),
                        List.of(
                            new Expression.In("a", Set.of("1", "2")),
                            new Expression.NotIn("b", Set.of("3")),
                            new Expression.Exists("c"),
                            new Expression.DoesNotExist("d"))),
                    END)),
            List.of()),
        new Case(
            "an exception that cannot be read covers nothing",
            exceptions("\"id\":\"CVE-1\",\"purl\":\"pkg:npm/%4\""),
            with(),
            List.of(
                "spec.exceptions[0].purl of CVE-1: 'pkg:npm/%4' has a '%' that no two hexadecimal"
                    + " digits follow; it covers nothing until then")),
        new Case(
            "a range is not a version",
            exceptions("\"id\":\"CVE-1\",\"purl\":\"pkg:npm/lodash@%3E=4\""),
            with(),
            List.of(
                "spec.exceptions[0].purl of CVE-1: '>=4' is a range; name one version, or none for"
                    + " all; it covers nothing until then")),
        new Case(
            "nor is one in the words of vers",
            exceptions("\"id\":\"CVE-1\",\"purl\":\"pkg:npm/lodash@vers:npm\""),
            with(),
            List.of(
                "spec.exceptions[0].purl of CVE-1: 'vers:npm' is a range; name one version, or none"
                    + " for all; it covers nothing until then")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readsTheSpec(Case c) throws JsonProcessingException {
    var spec = Json.MAPPER.readValue(c.spec(), ScanPolicySpec.class);

    assertThat(SpecRules.of(spec)).isEqualTo(new SpecRules(c.rules(), c.problems()));
  }

  private static String exceptions(String fields) {
    return "{\"exceptions\":[{"
        + fields
        + ",\"justification\":\"component_not_present\",\"expiresAt\":\"2027-01-01T00:00:00Z\"}]}";
  }

  private static VerdictRules with(Exemption... exemptions) {
    return new VerdictRules(Severity.HIGH, false, true, false, List.of(exemptions));
  }
}
