package dev.assay.policy.image;

import static dev.assay.policy.signature.ImageEvidence.newer;
import static dev.assay.policy.signature.ImageEvidence.older;
import static dev.assay.policy.signature.ImageEvidence.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.policy.image.ImageSignatures.Judgement;
import dev.assay.policy.signature.Check;
import dev.assay.policy.signature.Evidence;
import dev.assay.policy.signature.ImageEvidence;
import dev.assay.policy.signature.Rule;
import dev.assay.policy.signature.Sha256;
import dev.assay.policy.signature.Signer;
import dev.assay.policy.signature.Statement;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageSignaturesTest {
  private static final String SBOM = "https://cyclonedx.org/bom";
  private static final Sha256 DIGEST = Sha256.of("the manifest");
  private static final PinnedImage IMAGE = new PinnedImage("host.example", "app", DIGEST);
  private static final Sha256 OTHERS = Sha256.of("another manifest");
  private static final KeyPair ONE = ImageEvidence.key();
  private static final KeyPair TWO = ImageEvidence.key();

  @Test
  void eitherFormatIsASignature() {
    var by = "rule 'a': signed by key " + fingerprint(ONE);

    assertThat(judged(rule("a", ONE), older(DIGEST, ONE))).isEqualTo(by);
    assertThat(judged(rule("a", ONE), newer(DIGEST, Statement.COSIGN_SIGNATURE, ONE)))
        .isEqualTo(by);
    assertThat(judged(rule("a", ONE), older(OTHERS, ONE), older(DIGEST, TWO), older(DIGEST, ONE)))
        .isEqualTo(by);
  }

  @Test
  void statementsOfTheNewFormatStandBesideSignaturesOfTheOld() {
    var rule = rule("a", ONE, SBOM);

    assertThat(judged(rule, older(DIGEST, ONE), newer(DIGEST, SBOM, ONE))).startsWith("rule 'a': ");
    assertThat(judged(rule, older(DIGEST, ONE))).contains("check PredicateType");
    assertThat(judged(rule, older(DIGEST, ONE), newer(OTHERS, SBOM, ONE)))
        .contains("check PredicateType");
    assertThat(judged(rule, older(DIGEST, ONE), newer(DIGEST, SBOM, TWO)))
        .contains("check PredicateType");
    assertThat(judged(rule, newer(DIGEST, SBOM, ONE))).contains("check Present");
  }

  @Test
  void aCertificateSignsInTheNewFormat() {
    var rule = ImageEvidence.keylessRule("a");

    assertThat(judged(rule, ImageEvidence.keyless(DIGEST)))
        .startsWith("rule 'a': signed by ")
        .contains(" of https://")
        .contains(", logged at ");
    assertThat(judged(rule, ImageEvidence.keyless(OTHERS))).startsWith("refused: rule 'a', check ");
    assertThat(judged(rule, older(DIGEST, ONE))).startsWith("refused: rule 'a', check Format");
  }

  @Test
  void everyRuleMustHold() {
    var rules = List.of(rule("a", ONE), rule("b", TWO));

    assertThat(judged(rules, older(DIGEST, ONE), older(DIGEST, TWO)))
        .isEqualTo(
            "rule 'a': signed by key %s; rule 'b': signed by key %s"
                .formatted(fingerprint(ONE), fingerprint(TWO)));
    assertThat(judged(rules, older(DIGEST, ONE))).startsWith("refused: rule 'b', check Key");
  }

  @Test
  void withoutRulesOrSignaturesNothingIsSigned() {
    assertThat(judged(List.of(), older(DIGEST, ONE)))
        .isEqualTo("refused: the policy has no rule in spec.verify");
    assertThat(judged(rule("a", ONE)))
        .isEqualTo(
            "refused: rule 'a' asks for a signature of %s, and there is none; sign it: cosign sign"
                .formatted(DIGEST));
    assertThat(judged(rule("a", ONE), new Evidence.Unusable(Check.Size, "too large")))
        .isEqualTo("refused: rule 'a', check Size: too large");
  }

  @Test
  void whatWasNotLookedAtIsTold() {
    var many = new ImageSignatures(Collections.nCopies(32, older(OTHERS, ONE)), true);

    assertThat(many.judge(List.of(rule("a", ONE)), IMAGE))
        .isInstanceOfSatisfying(
            Judgement.Refused.class,
            refused ->
                assertThat(refused.message())
                    .startsWith("rule 'a', check Digest")
                    .endsWith("; only the first 32 signatures were looked at"));
  }

  private static String fingerprint(KeyPair key) {
    return ((Signer.Keys) rule("", key).signer()).keys().getFirst().fingerprint();
  }

  private static String judged(Rule rule, Evidence... evidence) {
    return judged(List.of(rule), evidence);
  }

  private static String judged(List<Rule> rules, Evidence... evidence) {
    return switch (new ImageSignatures(Arrays.asList(evidence), false).judge(rules, IMAGE)) {
      case Judgement.Signed(var message) -> message;
      case Judgement.Refused(var message) -> "refused: " + message;
    };
  }
}
