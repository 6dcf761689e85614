package dev.assay.operator.artifact.decision;

import static dev.assay.operator.artifact.decision.Given.HEX;
import static dev.assay.operator.artifact.decision.Given.NOON;
import static dev.assay.operator.artifact.decision.Given.OTHER_HEX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.Condition;
import dev.assay.api.artifact.Scan.Verdict;
import dev.assay.operator.signing.SigningKey;
import dev.assay.operator.status.Conditions;
import dev.assay.policy.signature.Rule;
import dev.assay.policy.signature.Signer;
import dev.assay.wire.control.StateChange;
import dev.assay.wire.control.VersionState;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SignatureDecisionTest {
  private static final SigningKey KEY = new SigningKey();
  private static final SigningKey OTHER = new SigningKey();

  @Test
  void whatHoldsIsNotedAndReleased() {
    var given = clean(VersionState.Staged, KEY.bundle(HEX));

    var decision = given.decide(NOON);

    assertThat(decision.next())
        .isEqualTo(
            new Next.ChangeState("v1", new StateChange(VersionState.Released, 7, HEX, null, null)));
    given.stored(VersionState.Released);
    var status = given.step(NOON).status();
    assertThat(condition(status.conditions(), "SourceVerified").status())
        .isEqualTo(Condition.Status.True);
    assertThat(condition(status.conditions(), "SourceVerified").message())
        .isEqualTo("rule 'release': signed by key " + KEY.trusted().fingerprint());
    var verified = Objects.requireNonNull(status.verification());
    assertThat(verified.keyFingerprint()).isEqualTo(KEY.trusted().fingerprint());
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
    var given = clean(VersionState.Staged, OTHER.bundle(HEX));

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
    given.signing = new Sights.Signing.Given(List.of(rule()), List.of(KEY.bundle(HEX)), false);
    assertThat(((Next.ChangeState) given.decide(NOON).next()).change().to())
        .isEqualTo(VersionState.Released);
  }

  @Test
  void anotherArtifactsSignatureIsQuarantined() {
    var given = clean(VersionState.Staged, KEY.bundle(OTHER_HEX));

    assertThat(((Next.ChangeState) given.decide(NOON).next()).change().to())
        .isEqualTo(VersionState.Quarantined);
  }

  @Test
  void anOlderBundleBesideIsOfOtherBytes() {
    var given = clean(VersionState.Staged);
    given.signing = new Sights.Signing.Given(List.of(rule()), List.of(KEY.bundle(OTHER_HEX)), true);
    assertThat(condition(given.decide(NOON).status().conditions(), "Ready").reason())
        .isEqualTo("AwaitingSignature");

    given.signing =
        new Sights.Signing.Given(
            List.of(rule()),
            List.of(OTHER.bundle(HEX), KEY.bundle(OTHER_HEX), KEY.bundle(HEX)),
            true);
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
    var given = clean(VersionState.Released, KEY.bundle(HEX));
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
    var given = clean(VersionState.Staged, KEY.bundle(HEX));
    given.signing =
        new Sights.Signing.Given(
            List.of(rule(), rule("second", OTHER)), List.of(KEY.bundle(HEX)), false);
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
    var given = clean(VersionState.Released, KEY.bundle(HEX));
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

  private static Rule rule(String name, SigningKey key) {
    return new Rule(name, new Signer.Keys(List.of(key.trusted()), false), List.of(), true);
  }
}
