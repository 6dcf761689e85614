package dev.assay.operator.artifact.decision;

import static dev.assay.operator.artifact.decision.Given.HEX;
import static dev.assay.operator.artifact.decision.Given.NOON;
import static dev.assay.operator.artifact.decision.Given.OTHER_HEX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.Condition;
import dev.assay.api.LocalRef;
import dev.assay.api.artifact.ArtifactStatus.Phase;
import dev.assay.api.artifact.ArtifactStatusBuilder;
import dev.assay.api.artifact.Delivery;
import dev.assay.api.artifact.Download;
import dev.assay.api.artifact.HttpSource;
import dev.assay.api.artifact.OciSource;
import dev.assay.api.artifact.Scan.Verdict;
import dev.assay.api.artifact.Source;
import dev.assay.operator.artifact.decision.Next.SecretRole;
import dev.assay.operator.artifact.decision.Sights.UrlSecret;
import dev.assay.operator.status.Conditions;
import dev.assay.wire.control.StateChange;
import dev.assay.wire.control.VersionState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@NullUnmarked // a null here fails the test, as it should
class ArtifactDecisionTest {
  record Case(String name, Consumer<Given> change, String reason, boolean stalled, String message) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case unbuilt(String path, Consumer<Given> change) {
    return new Case(
        path + " is not acted on by this build",
        change,
        "NotImplemented",
        true,
        "this build of Assay does not act on %s, and releases nothing that asks for it; remove it"
            .formatted(path));
  }

  static Stream<Case> obstacles() {
    return Stream.of(
        unbuilt("spec.source.oci", g -> g.source = new Source(null, oci(), null, null, null)),
        unbuilt(
            "spec.source.http",
            g ->
                g.source =
                    new Source(null, null, new HttpSource("https://x", null, null), null, null)),
        unbuilt(
            "spec.source.object",
            g -> g.source = new Source(null, null, null, new Source.ObjectSource("k"), null)),
        unbuilt(
            "spec.source.artifactRef",
            g -> g.source = new Source(null, null, null, null, new LocalRef("a"))),
        unbuilt("spec.delivery.flux", g -> g.delivery = new Delivery(new Delivery.Flux(null))),
        new Case(
            "keys below .assay/ are the operator's own",
            g -> g.key = ".assay/reports/x",
            "InvalidSpec",
            true,
            "key '.assay/reports/x' lies below '.assay/', which is kept for reports"),
        new Case(
            "a Bucket that is not there is waited for",
            g -> g.bucket = new BucketSight.Missing("releases"),
            "DependencyNotReady",
            false,
            "Bucket 'releases' does not exist in this namespace; create it"),
        new Case(
            "a Bucket that is not ready is waited for",
            g -> g.bucket = new BucketSight.NotReady("releases", "no Pod yet"),
            "DependencyNotReady",
            false,
            "Bucket 'releases' is not ready: no Pod yet"),
        new Case(
            "without a policy nothing is taken in",
            g -> g.policy = new PolicySight.Refused("ScanPolicyMissing", "name one"),
            "ScanPolicyMissing",
            true,
            "name one"),
        new Case(
            "a policy that is not ready is waited for",
            g -> g.policy = new PolicySight.NotReady("standard", "invalid"),
            "DependencyNotReady",
            false,
            "ScanPolicy 'standard' is not ready: invalid"),
        new Case(
            "the younger of two with one key stalls",
            g -> g.keyTakenBy = Optional.of("elder"),
            "KeyConflict",
            true,
            "Artifact 'elder' has the same key in this Bucket and is older; give this one another spec.key"));
  }

  private static OciSource oci() {
    return new OciSource(
        "oci://registry.example.com/x", null, null, null, null, null, null, null, null);
  }

  @ParameterizedTest
  @MethodSource("obstacles")
  void stopsBeforeAnyStep(Case c) {
    var decision = new Given().with(c.change()).decide(NOON);

    var ready = Conditions.find(decision.status().conditions(), "Ready").orElseThrow();
    assertThat(decision.next()).isEqualTo(new Next.Rest());
    assertThat(ready.message()).isEqualTo(c.message());
    assertThat(ready.reason()).isEqualTo(c.reason());
    assertThat(ready.status()).isEqualTo(Condition.Status.False);
    assertThat(Conditions.holds(decision.status().conditions(), "Stalled")).isEqualTo(c.stalled());
    assertThat(Conditions.holds(decision.status().conditions(), "Reconciling"))
        .isEqualTo(!c.stalled());
    assertThat(decision.status().observedGeneration()).isEqualTo(1);
  }

  @Test
  void aDeliveryThatIsNotBuiltLeavesServedBytesServed() {
    var given = new Given().judged(Verdict.Clean);
    given.delivery = new Delivery(new Delivery.Flux(null));

    assertThat(given.decide(NOON).next()).isEqualTo(new Next.Rest());
  }

  @Test
  void aDataPlaneThatRestartsSaysNothingAboutGoodBytes() {
    var given = new Given().judged(Verdict.Clean);
    given.bucket = new BucketSight.NotReady("releases", "no Pod yet");
    given.version = new Sights.Version.NotAsked();

    var decision = given.decide(NOON.plusSeconds(1));

    assertThat(decision.status()).isEqualTo(given.status);
    assertThat(decision.next()).isEqualTo(new Next.Rest());
  }

  @Test
  void aBucketThatWasDeletedIsAnotherMatter() {
    var given = new Given().judged(Verdict.Clean);
    given.bucket = new BucketSight.Missing("releases");

    var ready = Conditions.find(given.decide(NOON).status().conditions(), "Ready").orElseThrow();

    assertThat(ready.reason()).isEqualTo("DependencyNotReady");
  }

  @Test
  void withoutAPolicyAnImmediateBucketNeedsNoScan() {
    var given = new Given().stored(VersionState.Released);
    given.policy = new PolicySight.Unscanned();

    var decision = given.decide(NOON);

    assertThat(decision.next()).isEqualTo(new Next.Rest());
    assertThat(decision.status().phase()).isEqualTo(Phase.Ready);
    assertThat(Conditions.find(decision.status().conditions(), "Scanned")).isEmpty();
    assertThat(decision.announcements())
        .extracting("reason")
        .containsExactly("Uploaded", "Released");
  }

  @Test
  void theUploadSecretGoesAsSoonAsTheBytesAreThere() {
    var given = new Given().opened().stored(VersionState.Staged);

    var first = given.step(NOON);
    given.uploadSecret = new UrlSecret.Absent();
    var second = given.step(NOON);

    assertThat(first.next()).isEqualTo(new Next.DropSecret(SecretRole.Upload));
    assertThat(first.status().digest()).isEqualTo("sha256:" + HEX);
    assertThat(first.status().size()).isEqualTo(100);
    assertThat(first.status().uploader()).isEqualTo("presign-1");
    assertThat(first.status().storedAt()).isEqualTo(NOON);
    assertThat(first.status().mediaType()).isEqualTo("application/octet-stream");
    assertThat(first.status().location().versionId()).isEqualTo("v1");
    assertThat(first.status().location().etag()).isEqualTo("etag");
    assertThat(first.announcements()).extracting("reason").containsExactly("Uploaded");
    assertThat(Conditions.holds(first.status().conditions(), "ArtifactInStorage")).isTrue();
    assertThat(second.status().upload()).isNull();
    assertThat(second.announcements()).isEmpty();
  }

  @Test
  void aDigestThatIsSetLaterMustBeTheOneThatIsStored() {
    var given = new Given().judged(Verdict.Clean);
    given.digest = "sha256:" + OTHER_HEX;
    var message = "spec says sha256:" + OTHER_HEX + ", the Bucket holds sha256:" + HEX;

    var first = given.step(NOON);
    given.stored(VersionState.Quarantined);
    var second = given.step(NOON);

    assertThat(first.next())
        .isEqualTo(
            new Next.ChangeState(
                "v1",
                new StateChange(VersionState.Quarantined, 7, HEX, "DigestMismatch", message)));
    var ready = Conditions.find(second.status().conditions(), "Ready").orElseThrow();
    assertThat(ready.reason()).isEqualTo("DigestMismatch");
    assertThat(ready.message()).isEqualTo(message);
    assertThat(second.status().quarantine().reason()).isEqualTo("DigestMismatch");
  }

  @Test
  void theRightDigestIsNoObstacle() {
    var given = new Given().judged(Verdict.Clean);
    given.digest = "sha256:" + HEX;

    assertThat(given.decide(NOON).next()).isEqualTo(new Next.Rest());
  }

  @Test
  void bytesThatWereDeletedStall() {
    var given = new Given().judged(Verdict.Clean);
    given.version = new Sights.Version.Gone("v1");
    given.downloadSecret = new UrlSecret.Ours(true);

    var decision = given.decide(NOON);

    assertThat(decision.next()).isEqualTo(new Next.DropSecret(SecretRole.Download));
    assertThat(Conditions.find(decision.status().conditions(), "Stalled").orElseThrow().reason())
        .isEqualTo("ObjectMissing");
    assertThat(
            Conditions.find(decision.status().conditions(), "ArtifactInStorage")
                .orElseThrow()
                .status())
        .isEqualTo(Condition.Status.False);
  }

  @Test
  void aStoreThatLostItsIndexIsToldAgainWhatIsGood() {
    var given = new Given().judged(Verdict.Clean).stored(VersionState.Staged);

    assertThat(given.decide(NOON).next())
        .isEqualTo(
            new Next.ChangeState("v1", new StateChange(VersionState.Released, 7, HEX, null, null)));
  }

  @Test
  void suspendedNothingIsDoneAndGoodStaysGood() {
    var good = new Given().judged(Verdict.Clean);
    good.suspend = true;
    good.stored(VersionState.Staged);
    var fresh = new Given();
    fresh.suspend = true;

    assertThat(good.decide(NOON).next()).isEqualTo(new Next.Rest());
    assertThat(Conditions.holds(good.decide(NOON).status().conditions(), "Ready")).isTrue();
    var decision = fresh.decide(NOON);
    assertThat(decision.next()).isEqualTo(new Next.Rest());
    var ready = Conditions.find(decision.status().conditions(), "Ready").orElseThrow();
    assertThat(ready.status()).isEqualTo(Condition.Status.Unknown);
    assertThat(ready.reason()).isEqualTo("Suspended");
  }

  @Test
  void suspendingWhatStallsKeepsItsReason() {
    var given = new Given().judged(Verdict.Vulnerable);
    given.suspend = true;

    var status = given.decide(NOON).status();

    assertThat(Conditions.find(status.conditions(), "Ready").orElseThrow().reason())
        .isEqualTo("Quarantined");
    assertThat(status.phase()).isEqualTo(Phase.Quarantined);
  }

  @Test
  void aRequestIsEchoedWhenNothingIsLeftToDo() {
    var given = new Given();
    given.requestedAt = "monday";

    assertThat(given.step(NOON).status().lastHandledReconcileAt()).isNull();
    given.requestedAt = "";
    given.opened();
    given.requestedAt = "tuesday";
    assertThat(given.step(NOON).status().lastHandledReconcileAt()).isEqualTo("tuesday");
  }

  @Test
  void theDownloadSecretFollowsItsTimeAndIsRenewedAtTwoThirds() {
    var given = new Given().judged(Verdict.Clean);
    given.download = new Download(null, "24h");

    var issue = given.step(NOON);
    given.downloadSecret = new UrlSecret.Absent();
    var write = given.step(NOON);
    given.downloadSecret = new UrlSecret.Ours(true);
    var rest = given.step(NOON);

    assertThat(issue.next()).isEqualTo(new Next.Remember());
    var download = issue.status().download();
    assertThat(download.secretName()).isEqualTo("agent-download");
    assertThat(download.issuedAt()).isEqualTo(NOON);
    assertThat(download.notAfter()).isEqualTo(NOON.plus(Duration.ofHours(24)));
    assertThat(download.revision()).isEqualTo(1);
    assertThat(write.next()).isEqualTo(new Next.WriteSecret(SecretRole.Download));
    assertThat(rest.next()).isEqualTo(new Next.Rest());
    Instant renewal = download.renewalTime();
    assertThat(rest.wakeAt()).contains(renewal);
    assertThat(given.decide(renewal.minusSeconds(1)).next()).isEqualTo(new Next.Rest());

    var renewed = given.step(renewal);
    assertThat(renewed.next()).isEqualTo(new Next.Remember());
    assertThat(renewed.status().download().issuedAt()).isEqualTo(renewal);
    assertThat(renewed.status().download().revision()).isEqualTo(2);
    assertThat(Conditions.holds(renewed.status().conditions(), "Ready")).isTrue();
  }

  record Secret(String name, UrlSecret sight, Next next, String ready) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Secret> secrets() {
    return Stream.of(
        new Secret("as it shall be", new UrlSecret.Ours(true), new Next.Rest(), "Succeeded"),
        new Secret(
            "changed by somebody",
            new UrlSecret.Ours(false),
            new Next.WriteSecret(SecretRole.Download),
            "Succeeded"),
        new Secret(
            "deleted by somebody",
            new UrlSecret.Absent(),
            new Next.WriteSecret(SecretRole.Download),
            "Succeeded"),
        new Secret("of somebody else", new UrlSecret.Foreign("x"), new Next.Rest(), "NameConflict"),
        new Secret("forbidden", new UrlSecret.Denied("grant it"), new Next.Rest(), "AccessDenied"));
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void keepsTheDownloadSecret(Secret c) {
    var given = new Given().judged(Verdict.Clean);
    given.download = new Download(null, "24h");
    given.step(NOON);
    given.downloadSecret = c.sight();

    var decision = given.decide(NOON.plusSeconds(60));

    assertThat(decision.next()).isEqualTo(c.next());
    assertThat(Conditions.find(decision.status().conditions(), "Ready").orElseThrow().reason())
        .isEqualTo(c.ready());
  }

  @Test
  void aLongerLifeIssuesAnew() {
    var given = new Given().judged(Verdict.Clean);
    given.download = new Download(null, "24h");
    given.step(NOON);
    given.downloadSecret = new UrlSecret.Ours(true);
    given.download = new Download(null, "48h");

    var decision = given.decide(NOON.plusSeconds(60));

    assertThat(decision.next()).isEqualTo(new Next.Remember());
    assertThat(decision.status().download().notAfter())
        .isEqualTo(NOON.plusSeconds(60).plus(Duration.ofDays(2)));
  }

  @Test
  void anotherNameDropsTheOldDownloadSecretFirst() {
    var given = new Given().judged(Verdict.Clean);
    given.download = new Download(null, null);
    given.step(NOON);
    given.downloadSecret = new UrlSecret.Ours(true);
    given.download = new Download("other", null);

    assertThat(given.step(NOON).next()).isEqualTo(new Next.DropSecret(SecretRole.Download));
    given.downloadSecret = new UrlSecret.Absent();
    assertThat(given.step(NOON).next()).isEqualTo(new Next.Remember());
    assertThat(given.status.download()).isNull();
    given.downloadSecret = new UrlSecret.NotAsked();
    assertThat(given.step(NOON).status().download().secretName()).isEqualTo("other");
  }

  @Test
  void aDownloadThatIsNoLongerAskedForGoes() {
    var given = new Given().judged(Verdict.Clean);
    given.download = new Download(null, null);
    given.step(NOON);
    given.download = null;
    given.downloadSecret = new UrlSecret.Ours(true);

    assertThat(given.step(NOON).next()).isEqualTo(new Next.DropSecret(SecretRole.Download));
    given.downloadSecret = new UrlSecret.Absent();
    var last = given.step(NOON);
    assertThat(last.next()).isEqualTo(new Next.Rest());
    assertThat(last.status().download()).isNull();
    assertThat(Conditions.holds(last.status().conditions(), "Ready")).isTrue();
  }

  @Test
  void aNewGenerationIsObservedOnlyWhenItWasLookedAt() {
    var given = new Given().judged(Verdict.Clean);
    given.generation = 2;
    assertThat(given.decide(NOON).status().observedGeneration()).isEqualTo(2);

    given.bucket = new BucketSight.NotReady("releases", "no Pod yet");
    assertThat(given.decide(NOON).status().observedGeneration()).isEqualTo(1);
  }

  @Test
  void bytesWithoutAStatusKeepNothingOfAnEarlierQuarantine() {
    var given = new Given().stored(VersionState.Staged);
    given.status =
        ArtifactStatusBuilder.of(given.status)
            .quarantine(
                new dev.assay.api.artifact.ArtifactStatus.Quarantine(NOON, "SecretsFound", null))
            .build();

    assertThat(given.decide(NOON).status().quarantine()).isNull();
  }
}
