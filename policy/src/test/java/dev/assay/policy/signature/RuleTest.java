package dev.assay.policy.signature;

import static dev.assay.policy.signature.KeySignatureTest.bundle;
import static dev.assay.policy.signature.KeySignatureTest.digestOf;
import static dev.assay.policy.signature.KeySignatureTest.keys;
import static dev.assay.policy.signature.KeySignatureTest.signed;
import static dev.assay.policy.signature.KeySignatureTest.trusted;
import static dev.assay.policy.signature.OfflineSigstore.pair;
import static dev.assay.policy.signature.OfflineSigstore.pem;
import static dev.assay.policy.signature.OfflineSigstore.sha256;
import static dev.assay.policy.signature.OfflineSigstore.sign;
import static dev.assay.policy.signature.OfflineSigstore.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.policy.signature.Rule.StatementRule;
import java.security.KeyPair;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RuleTest {
  private static final byte[] BYTES = utf8("the bytes");
  private static final Sha256 DIGEST = digestOf(BYTES);
  private static final KeyPair ONE = pair("EC", "secp256r1");
  private static final KeyPair TWO = pair("EC", "secp256r1");
  private static final String SLSA = "https://slsa.dev/provenance/v1";
  private static final String SBOM = "https://cyclonedx.org/bom";
  private static final String PROVENANCE =
      "{\"runDetails\":{\"builder\":{\"id\":\"https://build.example.test\"}},\"level\":3,\"ratio\":0.5,\"none\":null,\"list\":[1,2]}";

  @Test
  void withoutAnySignatureTheRuleIsNamed() {
    assertThat(SignatureCheck.judge(rule(keys(ONE)), List.of(), DIGEST))
        .isEqualTo(
            new RuleVerdict.NotMet(
                "release",
                Check.Present,
                "rule 'release' asks for a signature of %s, and there is none".formatted(DIGEST)));
  }

  @Test
  void oneOfTheKeysIsEnoughUnlessAllAreAskedFor() {
    var any = rule(keys(ONE, TWO));
    var all = rule(new Signer.Keys(keys(ONE, TWO).keys(), true));

    assertThat(judged(any, by(TWO))).isEqualTo("by " + trusted(TWO).fingerprint());
    assertThat(judged(any, "AAAA", by(ONE))).isEqualTo("by " + trusted(ONE).fingerprint());
    assertThat(judged(all, by(TWO)))
        .isEqualTo(
            "rule 'release', check Key: expected signatures by all 2 keys, found none by "
                + trusted(ONE).fingerprint());
    assertThat(judged(all, by(TWO), by(TWO))).startsWith("rule 'release', check Key");
    assertThat(judged(all, by(TWO), by(ONE))).startsWith("by ");
  }

  @Test
  void statementsAloneDoNotSignTheBytes() {
    assertThat(judged(rule(keys(ONE)), about(SLSA, ONE)))
        .isEqualTo(
            "rule 'release', check Present: expected a signature of the bytes, found statements about them alone; sign them too: cosign sign-blob");
    assertThat(judged(rule(keys(ONE)), about(Statement.COSIGN_SIGNATURE, ONE))).startsWith("by ");
  }

  @Test
  void statementsAreAskedForByTypeAllOrAny() {
    var all = rule(keys(ONE), true, statement(SLSA), statement(SBOM));
    var any = rule(keys(ONE), false, statement(SLSA), statement(SBOM));

    assertThat(judged(all, by(ONE), about(SLSA, ONE)))
        .isEqualTo(
            "rule 'release', check PredicateType: expected a signed statement of type %s, found none"
                .formatted(SBOM));
    assertThat(judged(all, by(ONE), about(SLSA, ONE), about(SBOM, ONE))).startsWith("by ");
    assertThat(judged(any, by(ONE), about(SBOM, ONE))).startsWith("by ");
    assertThat(judged(any, by(ONE))).startsWith("rule 'release', check PredicateType");
    assertThat(judged(all, by(ONE), about(SLSA, ONE), about(SBOM, TWO)))
        .startsWith("rule 'release', check PredicateType");
  }

  @Test
  void conditionsAreAskedOfThePredicate() {
    var cases =
        List.of(
            "predicate.runDetails.builder.id == 'https://build.example.test'",
            "predicate.level >= 3",
            "predicate.ratio < 0.6 && predicate.none == null",
            "predicate.list.all(x, x < 3)",
            "has(predicate.level)");
    for (var cel : cases) {
      assertThat(judged(rule(keys(ONE), true, condition(cel)), by(ONE), about(SLSA, ONE)))
          .as(cel)
          .startsWith("by ");
    }
    for (var cel :
        List.of(
            "predicate.level > 3",
            "predicate.absent == 1",
            "predicate.level",
            "!has(predicate.level)")) {
      assertThat(judged(rule(keys(ONE), true, condition(cel)), by(ONE), about(SLSA, ONE)))
          .as(cel)
          .startsWith("rule 'release', check Condition: the condition " + cel);
    }
  }

  @Test
  void conditionsThatAreNoneAreToldBeforeTheyAreUsed() {
    for (var cel : List.of("", "predicate.", "1 + 1", "unknown == 1", "'text'")) {
      assertThat(PredicateCondition.read(cel))
          .as(cel)
          .isInstanceOf(PredicateCondition.Read.Unusable.class);
    }
  }

  @Test
  void aFloodOfSignaturesIsRefused() {
    assertThat(SignatureCheck.judge(rule(keys(ONE)), Collections.nCopies(33, by(ONE)), DIGEST))
        .isEqualTo(
            new RuleVerdict.NotMet(
                "release",
                Check.Size,
                "rule 'release', check Size: expected at most 32 signatures, found 33"));
  }

  @Test
  void keysThatAreTooWeakOrNoneAreToldSo() {
    assertThat(unusable(pem(pair("EC", "secp521r1")))).contains("P-256 or P-384, found 521");
    assertThat(unusable("no key")).contains("expected one PUBLIC KEY in PEM");
    assertThat(unusable(pem(pair("X25519", "")))).contains("found another kind");
    assertThat(unusable(pem(ONE) + pem(TWO))).contains("expected one PUBLIC KEY");
    assertThat(
            unusable(
                "-----BEGIN PUBLIC KEY-----\nMFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAL6GhbOZK0Yrd9lNTBgNoqBBlU8vFYKUwc7d2UYkqCCn7l+rCU7JxL3mnGmyZ8LmYg8s6Q6nWV2WVqsh8Dq0rRkCAwEAAQ==\n-----END PUBLIC KEY-----"))
        .contains("at least 2048 bits, found 512");
  }

  private static String unusable(String pem) {
    return switch (TrustedKey.read(pem)) {
      case TrustedKey.Read.Key(var key) -> throw new AssertionError("usable: " + key.fingerprint());
      case TrustedKey.Read.Unusable(var why) -> why;
    };
  }

  private static Rule rule(Signer signer) {
    return rule(signer, true);
  }

  private static Rule rule(Signer signer, boolean all, StatementRule... statements) {
    return new Rule("release", signer, List.of(statements), all);
  }

  private static StatementRule statement(String type) {
    return new StatementRule(type, Optional.empty());
  }

  private static StatementRule condition(String cel) {
    return switch (PredicateCondition.read(cel)) {
      case PredicateCondition.Read.Condition(var condition) ->
          new StatementRule(SLSA, Optional.of(condition));
      case PredicateCondition.Read.Unusable(var why) -> throw new AssertionError(why);
    };
  }

  private static String by(KeyPair key) {
    return bundle("SHA2_256", sha256(BYTES), sign("SHA256withECDSA", key.getPrivate(), BYTES));
  }

  private static String about(String type, KeyPair key) {
    return signed(KeySignatureTest.statement("v1", type, DIGEST.hex(), PROVENANCE), key);
  }

  private static String judged(Rule rule, String... signatures) {
    return switch (SignatureCheck.judge(rule, List.of(signatures), DIGEST)) {
      case RuleVerdict.Met(var _, Finding.SignedBy.Key(var fingerprint)) -> "by " + fingerprint;
      case RuleVerdict.Met met -> met.toString();
      case RuleVerdict.NotMet(var _, var _, var message) -> message;
    };
  }
}
