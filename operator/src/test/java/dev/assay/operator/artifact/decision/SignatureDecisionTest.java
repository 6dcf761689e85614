package dev.assay.operator.artifact.decision;

import static dev.assay.operator.artifact.decision.Given.HEX;
import static dev.assay.operator.artifact.decision.Given.NOON;
import static dev.assay.operator.artifact.decision.Given.OTHER_HEX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.Condition;
import dev.assay.api.artifact.Scan.Verdict;
import dev.assay.operator.status.Conditions;
import dev.assay.policy.signature.Rule;
import dev.assay.policy.signature.Signer;
import dev.assay.policy.signature.TrustedKey;
import dev.assay.wire.control.StateChange;
import dev.assay.wire.control.VersionState;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SignatureDecisionTest {
  private static final KeyPair KEY = pair();
  private static final KeyPair OTHER = pair();

  @Test
  void whatHoldsIsNotedAndReleased() {
    var given = clean(VersionState.Staged, by(KEY, HEX));

    var decision = given.decide(NOON);

    assertThat(decision.next())
        .isEqualTo(
            new Next.ChangeState("v1", new StateChange(VersionState.Released, 7, HEX, null, null)));
    given.stored(VersionState.Released);
    var status = given.step(NOON).status();
    assertThat(condition(status.conditions(), "SourceVerified").status())
        .isEqualTo(Condition.Status.True);
    assertThat(condition(status.conditions(), "SourceVerified").message())
        .isEqualTo("rule 'release': signed by key " + trusted(KEY).fingerprint());
    var verified = Objects.requireNonNull(status.verification());
    assertThat(verified.keyFingerprint()).isEqualTo(trusted(KEY).fingerprint());
    assertThat(verified.verifier()).isEqualTo("release");
    assertThat(condition(status.conditions(), "Ready").status()).isEqualTo(Condition.Status.True);
    // The time of the check does not move while nothing else does.
    assertThat(given.decide(NOON.plusSeconds(3600)).status()).isEqualTo(status);
  }

  @Test
  void withoutASignatureTheBytesWaitUnserved() {
    var given = clean(VersionState.Staged);

    var decision = given.step(NOON);

    assertThat(decision.next()).isEqualTo(new Next.Rest());
    assertThat(decision.wakeAt()).contains(NOON.plusSeconds(30));
    var ready = condition(decision.status().conditions(), "Ready");
    assertThat(ready.reason()).isEqualTo("AwaitingSignature");
    assertThat(ready.status()).isNotEqualTo(Condition.Status.True);
    assertThat(condition(decision.status().conditions(), "SourceVerified").status())
        .isEqualTo(Condition.Status.Unknown);
    assertThat(condition(decision.status().conditions(), "Scanned").status())
        .isEqualTo(Condition.Status.True);
  }

  @Test
  void aWrongSignatureIsQuarantinedByName() {
    var given = clean(VersionState.Staged, by(OTHER, HEX));

    assertThat(((Next.ChangeState) given.decide(NOON).next()).change().to())
        .isEqualTo(VersionState.Quarantined);
    given.stored(VersionState.Quarantined);
    var status = given.step(NOON).status();
    assertThat(condition(status.conditions(), "Ready").reason()).isEqualTo("Quarantined");
    assertThat(condition(status.conditions(), "SourceVerified").reason())
        .isEqualTo("VerificationError");
    var quarantine = Objects.requireNonNull(status.quarantine());
    assertThat(quarantine.reason()).isEqualTo("VerificationError");
    assertThat(quarantine.message()).contains("check Key");
    assertThat(status.verification()).isNull();
    // Another bundle mends it.
    given.signing = new Sights.Signing.Given(List.of(rule()), List.of(by(KEY, HEX)), false);
    assertThat(((Next.ChangeState) given.decide(NOON).next()).change().to())
        .isEqualTo(VersionState.Released);
  }

  @Test
  void anotherArtifactsSignatureIsQuarantined() {
    var given = clean(VersionState.Staged, by(KEY, OTHER_HEX));

    assertThat(((Next.ChangeState) given.decide(NOON).next()).change().to())
        .isEqualTo(VersionState.Quarantined);
  }

  @Test
  void anOlderBundleBesideIsOfOtherBytes() {
    var given = clean(VersionState.Staged);
    given.signing = new Sights.Signing.Given(List.of(rule()), List.of(by(KEY, OTHER_HEX)), true);
    assertThat(condition(given.decide(NOON).status().conditions(), "Ready").reason())
        .isEqualTo("AwaitingSignature");

    given.signing =
        new Sights.Signing.Given(
            List.of(rule()), List.of(by(OTHER, HEX), by(KEY, OTHER_HEX), by(KEY, HEX)), true);
    assertThat(((Next.ChangeState) given.decide(NOON).next()).change().to())
        .isEqualTo(VersionState.Released);
  }

  @Test
  void aRuleThatComesLaterWithdrawsWhatIsServedUnsigned() {
    var given = clean(VersionState.Released);

    assertThat(((Next.ChangeState) given.decide(NOON).next()).change().to())
        .isEqualTo(VersionState.Quarantined);
  }

  @Test
  void aSecretThatIsAwayForAMomentWithdrawsNothing() {
    var given = clean(VersionState.Released, by(KEY, HEX));
    var before = given.step(NOON).status();
    given.signing = new Sights.Signing.Unreadable("Secret 'keys' does not exist; create it");

    var after = given.decide(NOON.plusSeconds(60));

    assertThat(after.next()).isEqualTo(new Next.Rest());
    assertThat(after.status()).isEqualTo(before);
    assertThat(after.wakeAt()).contains(NOON.plusSeconds(90));
  }

  @Test
  void whatWasReleasedUnverifiedIsWithdrawnWhileItsKeyCannotBeRead() {
    var given = clean(VersionState.Released);
    given.signing = new Sights.Signing.Unreadable("Secret 'keys' does not exist; create it");

    assertThat(((Next.ChangeState) given.decide(NOON).next()).change().to())
        .isEqualTo(VersionState.Quarantined);
  }

  @Test
  void whatWasNeverVerifiedWaitsForItsSecret() {
    var given = clean(VersionState.Staged);
    given.signing = new Sights.Signing.Unreadable("Secret 'keys' does not exist; create it");

    var status = given.decide(NOON).status();

    assertThat(condition(status.conditions(), "Ready").message())
        .isEqualTo("Secret 'keys' does not exist; create it");
  }

  @Test
  void everyRuleMustHoldAndABadScanWinsOverAMissingSignature() {
    var given = clean(VersionState.Staged, by(KEY, HEX));
    given.signing =
        new Sights.Signing.Given(
            List.of(rule(), rule("second", OTHER)), List.of(by(KEY, HEX)), false);
    assertThat(((Next.ChangeState) given.decide(NOON).next()).change().message())
        .contains("rule 'second', check Key");

    var vulnerable = new Given().judged(Verdict.Vulnerable);
    vulnerable.stored(VersionState.Staged);
    vulnerable.findings.put(Given.FINDINGS, new Sights.FindingsFile.Read(Given.vulnerable()));
    vulnerable.signing = new Sights.Signing.Given(List.of(rule()), List.of(), false);
    assertThat(((Next.ChangeState) vulnerable.decide(NOON).next()).change().reason())
        .isEqualTo("VulnerabilitiesFound");
  }

  @Test
  void whereNobodyAsksAnyMoreNothingIsSaid() {
    var given = clean(VersionState.Released, by(KEY, HEX));
    given.step(NOON);
    given.signing = new Sights.Signing.NotAsked();

    var status = given.decide(NOON).status();

    assertThat(Conditions.find(status.conditions(), "SourceVerified")).isEmpty();
    assertThat(status.verification()).isNull();
    assertThat(condition(status.conditions(), "Ready").status()).isEqualTo(Condition.Status.True);
  }

  private static Given clean(VersionState state, String... signatures) {
    var given = new Given().judged(Verdict.Clean);
    given.stored(state);
    given.signing = new Sights.Signing.Given(List.of(rule()), List.of(signatures), false);
    return given;
  }

  private static Condition condition(List<Condition> conditions, String type) {
    return Conditions.find(conditions, type).orElseThrow();
  }

  private static Rule rule() {
    return rule("release", KEY);
  }

  private static Rule rule(String name, KeyPair key) {
    return new Rule(name, new Signer.Keys(List.of(trusted(key)), false), List.of(), true);
  }

  private static TrustedKey trusted(KeyPair key) {
    var pem =
        "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
            .formatted(Base64.getEncoder().encodeToString(key.getPublic().getEncoded()));
    return ((TrustedKey.Read.Key) TrustedKey.read(pem)).key();
  }

  /// A statement in an envelope, as `cosign sign` makes it.
  private static String by(KeyPair key, String sha256) {
    var payload =
        """
        {"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"sha256":"%s"}}],"predicateType":"https://sigstore.dev/cosign/sign/v1","predicate":{}}\
        """
            .formatted(sha256);
    var type = "application/vnd.in-toto+json";
    var encoded = "DSSEv1 %d %s %d %s".formatted(type.length(), type, payload.length(), payload);
    try {
      var signer = Signature.getInstance("SHA256withECDSA");
      signer.initSign(key.getPrivate());
      signer.update(encoded.getBytes(StandardCharsets.UTF_8));
      var base64 = Base64.getEncoder();
      return """
      {"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","dsseEnvelope":{"payload":"%s","payloadType":"%s","signatures":[{"sig":"%s"}]}}\
      """
          .formatted(
              base64.encodeToString(payload.getBytes(StandardCharsets.UTF_8)),
              type,
              base64.encodeToString(signer.sign()));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static KeyPair pair() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
