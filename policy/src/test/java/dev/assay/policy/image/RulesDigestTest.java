package dev.assay.policy.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.assay.api.LocalRef;
import dev.assay.api.scanpolicy.ScanPolicySpec;
import dev.assay.api.scanpolicy.ScanPolicyStatus.Verifier;
import dev.assay.api.scanpolicy.ScanPolicyStatus.VerifierKey;
import dev.assay.api.scanpolicy.VerifyRule;
import dev.assay.wire.Json;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RulesDigestTest {
  private static final String RULE =
      "{\"verify\":[{\"name\":\"a\",\"key\":{\"secretRef\":{\"name\":\"k\"}}}]}";
  private static final VerifyRule.Keyless KEYLESS =
      new VerifyRule.Keyless("https://issuer", "sub", null, null, new LocalRef("r"));

  @Test
  void isTheSameWhereverItIsMade() {
    // The webhook of one build reads what the operator of another wrote: a change here voids all.
    assertThat(digest(RULE, keys("f", "pem")))
        .isEqualTo("sha256:8df3c91187ffcbd715abba04ef29b26ae2619360c9d1aedc4fd65d42ef9d8931");
  }

  @Test
  void whatIsNotAboutSignaturesDoesNotMatter() {
    var wider =
        "{\"failOn\":{},\"images\":[{\"glob\":\"a/**\"}],\"interval\":\"1h\"," + RULE.substring(1);

    assertThat(digest(wider, keys("f", "pem"))).isEqualTo(digest(RULE, keys("f", "pem")));
  }

  record Case(String what, String spec, List<Verifier> verifiers) {}

  static Stream<Case> others() {
    return Stream.of(
        new Case("no rule", "{}", List.of(keys("f", "pem"))),
        new Case("another name", RULE.replace("\"a\"", "\"b\""), List.of(keys("f", "pem"))),
        new Case("another Secret", RULE.replace("\"k\"", "\"l\""), List.of(keys("f", "pem"))),
        new Case(
            "a statement",
            RULE.replace("}}}", "}},\"attestations\":[{\"predicateType\":\"p\"}]}"),
            List.of(keys("f", "pem"))),
        new Case(
            "another mode", RULE.replace("}}}", "}},\"mode\":\"any\"}"), List.of(keys("f", "pem"))),
        new Case("no key", RULE, List.of()),
        new Case("another fingerprint", RULE, List.of(keys("g", "pem"))),
        new Case("another key", RULE, List.of(keys("f", "other"))),
        new Case("one more verifier", RULE, List.of(keys("f", "pem"), keys("f", "pem"))),
        new Case("an identity", RULE, List.of(new Verifier("a", List.of(), KEYLESS, "{}"))),
        new Case("another root", RULE, List.of(new Verifier("a", List.of(), KEYLESS, "{ }"))));
  }

  @ParameterizedTest
  @MethodSource("others")
  void whateverIsAboutSignaturesMatters(Case other) throws JsonProcessingException {
    var spec = Json.MAPPER.readValue(other.spec(), ScanPolicySpec.class);

    assertThat(RulesDigest.of(spec, other.verifiers()))
        .isNotEqualTo(digest(RULE, keys("f", "pem")));
  }

  @Test
  void noTwoOfThemAreTheSame() {
    assertThat(others().map(c -> digest(c.spec(), c.verifiers().toArray(Verifier[]::new))))
        .doesNotHaveDuplicates();
  }

  private static Verifier keys(String fingerprint, String pem) {
    return new Verifier("a", List.of(new VerifierKey(fingerprint, pem)), null, null);
  }

  private static String digest(String spec, Verifier... verifiers) {
    try {
      return RulesDigest.of(Json.MAPPER.readValue(spec, ScanPolicySpec.class), List.of(verifiers));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
