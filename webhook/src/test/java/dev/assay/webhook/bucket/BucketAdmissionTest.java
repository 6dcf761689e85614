package dev.assay.webhook.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.bucket.BucketSpec;
import dev.assay.webhook.Verdict;
import dev.assay.webhook.Yaml;
import dev.assay.webhook.known.ArtifactFacts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BucketAdmissionTest {
  private static final Set<String> POLICIES = Set.of("strict", "lax", "other");
  private static final String STRICT = "defaultScanPolicyRef: {name: strict}\n";

  /// @param way a word of the clause that names the loosening; empty when it is none
  record Case(String name, String was, String is, ArtifactFacts held, String way) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> edits() {
    var held = held("releases", null);
    var asksLax = held("releases", "lax");
    return Stream.of(
        new Case("nothing", STRICT, STRICT, held, ""),
        new Case(
            "another policy",
            STRICT,
            "defaultScanPolicyRef: {name: lax}",
            held,
            "defaultScanPolicyRef"),
        new Case(
            "another policy, elsewhere",
            STRICT,
            "defaultScanPolicyRef: {name: lax}",
            held("nightly", null),
            ""),
        new Case("no policy", STRICT, "", held, "defaultScanPolicyRef"),
        new Case(
            "another default than they ask for",
            STRICT + "allowedScanPolicies: [lax]",
            "defaultScanPolicyRef: {name: other}\nallowedScanPolicies: [lax]",
            asksLax,
            ""),
        new Case(
            "what they ask for is allowed",
            STRICT,
            STRICT + "allowedScanPolicies: [lax]",
            asksLax,
            "'lax'"),
        new Case(
            "what they ask for is the default",
            STRICT,
            "defaultScanPolicyRef: {name: lax}",
            asksLax,
            "'lax'"),
        new Case(
            "what nobody asks for is allowed",
            STRICT,
            STRICT + "allowedScanPolicies: [other]",
            asksLax,
            ""),
        new Case(
            "served at once",
            STRICT,
            STRICT + "release: Immediately",
            held,
            "release: Immediately"),
        new Case("served when ready", STRICT + "release: Immediately", STRICT, held, ""));
  }

  @ParameterizedTest
  @MethodSource("edits")
  void whatMayFreeIsForReleasers(Case each) {
    var verdict =
        BucketAdmission.decide(
            "demo",
            "releases",
            spec(each.is()),
            Optional.of(spec(each.was())),
            List.of(each.held()),
            POLICIES::contains);

    if (each.way().isEmpty()) {
      assertThat(verdict).isEqualTo(Verdict.allow());
    } else {
      assertThat(verdict)
          .isInstanceOfSatisfying(
              Verdict.AllowWith.class,
              allow -> {
                assertThat(allow.why()).contains(each.way());
                assertThat(allow.buckets()).containsExactly("releases");
              });
    }
  }

  @Test
  void aPolicyThatDoesNotExistIsPointedOut() {
    var spec = spec("defaultScanPolicyRef: {name: gone}\nallowedScanPolicies: [lax, gone, away]");

    assertThat(
            BucketAdmission.decide(
                "demo", "releases", spec, Optional.empty(), List.of(), POLICIES::contains))
        .isInstanceOfSatisfying(
            Verdict.Allow.class,
            allow ->
                assertThat(allow.warnings())
                    .satisfiesExactly(
                        first -> assertThat(first).contains("'gone'"),
                        second -> assertThat(second).contains("'away'")));
  }

  private static BucketSpec spec(String yaml) {
    return Yaml.read(BucketSpec.class, "provider: filesystem\n" + yaml);
  }

  private static ArtifactFacts held(String bucket, @Nullable String asked) {
    return new ArtifactFacts(
        "demo",
        "a",
        bucket,
        Optional.ofNullable(asked),
        Optional.empty(),
        true,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
