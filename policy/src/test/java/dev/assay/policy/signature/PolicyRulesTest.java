package dev.assay.policy.signature;

import static dev.assay.policy.signature.OfflineSigstore.pem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.assay.api.LocalRef;
import dev.assay.api.scanpolicy.ScanPolicySpec;
import dev.assay.api.scanpolicy.ScanPolicyStatus.Verifier;
import dev.assay.api.scanpolicy.ScanPolicyStatus.VerifierKey;
import dev.assay.api.scanpolicy.VerifyRule;
import dev.assay.wire.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyRulesTest {
  private static final String KEY = pem(OfflineSigstore.ec());
  private static final OfflineSigstore SIGSTORE = new OfflineSigstore();
  private static final VerifyRule.Keyless KEYLESS =
      new VerifyRule.Keyless("https://issuer", null, null, ".*@acme\\.example", new LocalRef("r"));
  private static final String KEY_RULE =
      "{\"name\":\"a\",\"key\":{\"secretRef\":{\"name\":\"k\"}}}";
  private static final String KEYLESS_RULE =
      "{\"name\":\"b\",\"keyless\":{\"issuer\":\"https://issuer\",\"subjectRegExp\":\".*@acme\\\\.example\",\"trustedRootSecretRef\":{\"name\":\"r\"}}}";

  private final TrustRoots roots = new TrustRoots();

  @Test
  void aPolicyWithoutRulesAsksForNothing() {
    assertThat(usable(spec(), List.of()).rules()).isEmpty();
  }

  @Test
  void keysAndIdentitiesComeFromStatus() {
    var rules =
        usable(spec(KEY_RULE, KEYLESS_RULE), List.of(identity(KEYLESS), keys("a", KEY))).rules();

    assertThat(rules).extracting(Rule::name).containsExactly("a", "b");
    assertThat(((Signer.Keys) rules.getFirst().signer()).keys())
        .containsExactly(((TrustedKey.Read.Key) TrustedKey.read(KEY)).key());
    var identities = (Signer.Identities) rules.get(1).signer();
    assertThat(
            identities
                .patterns()
                .getFirst()
                .matches(
                    new Finding.SignedBy.Identity(
                        "eve@acme.example", "https://issuer", Optional.empty())))
        .isTrue();
  }

  @Test
  void oneKeyIsEnoughUnlessAllAreAskedFor() {
    var all = KEY_RULE.replace("}}", "},\"match\":\"all\"}");
    var any = KEY_RULE.replace("}}", "},\"match\":\"any\"}");

    assertThat(signer(KEY_RULE).all()).isFalse();
    assertThat(signer(any).all()).isFalse();
    assertThat(signer(all).all()).isTrue();
  }

  private Signer.Keys signer(String rule) {
    return (Signer.Keys) usable(spec(rule), List.of(keys("a", KEY))).rules().getFirst().signer();
  }

  @Test
  void whatIsNotResolvedMakesThePolicyUnusable() {
    assertThat(unusable(spec(KEY_RULE), List.of()))
        .isEqualTo("rule 'a': the operator has not resolved its keys or trust root yet");
    assertThat(unusable(spec(KEY_RULE), List.of(keys("a"))))
        .isEqualTo("rule 'a': the operator has found no key for it");
    assertThat(unusable(spec(KEY_RULE), List.of(keys("a", KEY, "no key"))))
        .startsWith("rule 'a': expected one PUBLIC KEY in PEM");
    assertThat(unusable(spec(KEY_RULE, KEYLESS_RULE), List.of(keys("a", KEY))))
        .startsWith("rule 'b': ");
    // The spec has changed, and status is still about the one before.
    var before = new VerifyRule.Keyless("https://other", null, null, ".*", new LocalRef("r"));
    assertThat(unusable(spec(KEYLESS_RULE), List.of(identity(before))))
        .isEqualTo("rule 'b': the operator has not resolved its identity yet");
    assertThat(unusable(spec(KEYLESS_RULE), List.of(new Verifier("b", List.of(), KEYLESS, "{}"))))
        .startsWith("rule 'b': trusted_root.json names no certificate authority");
  }

  @Test
  void statementsCarryTheirConditionAndMode() {
    var rule =
        "{\"name\":\"a\",\"key\":{\"secretRef\":{\"name\":\"k\"}},\"mode\":\"any\",\"attestations\":[{\"predicateType\":\"p\"},{\"predicateType\":\"q\",\"cel\":\"predicate.a == 1\"}]}";

    var read = usable(spec(rule), List.of(keys("a", KEY))).rules().getFirst();

    assertThat(read.allStatements()).isFalse();
    assertThat(read.statements().getFirst().condition()).isEmpty();
    assertThat(read.statements().get(1).condition()).isPresent();
  }

  @Test
  void whatCannotBeAskedIsToldOfTheSpec() {
    var rule =
        "{\"name\":\"a\",\"key\":{\"secretRef\":{\"name\":\"k\"}},\"attestations\":[{\"predicateType\":\"p\",\"cel\":\"predicate.\"}]}";
    var broken =
        "{\"name\":\"b\",\"keyless\":{\"issuer\":\"i\",\"subjectRegExp\":\"(\",\"trustedRootSecretRef\":{\"name\":\"r\"}}}";

    assertThat(PolicyRules.problems(spec(rule, broken)))
        .hasSize(2)
        .anyMatch(p -> p.startsWith("spec.verify of 'a': not a CEL condition"))
        .contains("spec.verify of 'b': issuerRegExp or subjectRegExp is no RE2 expression");
    assertThat(unusable(spec(rule), List.of(keys("a", KEY)))).startsWith("rule 'a': not a CEL");
    assertThat(PolicyRules.problems(spec(KEY_RULE, KEYLESS_RULE))).isEmpty();
  }

  @Test
  void aRootIsReadOnce() {
    var json = SIGSTORE.trustedRoot();

    assertThat(roots.of(json)).isSameAs(roots.of(json));
  }

  private PolicyRules usable(ScanPolicySpec spec, List<Verifier> resolved) {
    return switch (PolicyRules.of(spec, resolved, roots)) {
      case PolicyRules.Read.Usable(var rules) -> rules;
      case PolicyRules.Read.Unusable(var why) -> throw new AssertionError(why);
    };
  }

  private String unusable(ScanPolicySpec spec, List<Verifier> resolved) {
    return switch (PolicyRules.of(spec, resolved, roots)) {
      case PolicyRules.Read.Usable(var rules) -> throw new AssertionError(rules.toString());
      case PolicyRules.Read.Unusable(var why) -> why;
    };
  }

  private static Verifier keys(String rule, String... pems) {
    return new Verifier(
        rule,
        List.of(pems).stream().map(pem -> new VerifierKey("sha256:00", pem)).toList(),
        null,
        null);
  }

  private static Verifier identity(VerifyRule.Keyless keyless) {
    return new Verifier("b", List.of(), keyless, SIGSTORE.trustedRoot());
  }

  private static ScanPolicySpec spec(String... rules) {
    try {
      return Json.MAPPER.readValue(
          "{\"verify\":[%s]}".formatted(String.join(",", rules)), ScanPolicySpec.class);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
