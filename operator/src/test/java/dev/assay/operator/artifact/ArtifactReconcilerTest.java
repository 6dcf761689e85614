package dev.assay.operator.artifact;

import static dev.assay.operator.artifact.Site.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.Artifact;
import dev.assay.api.Condition.Status;
import dev.assay.api.ScanPolicy;
import dev.assay.api.artifact.ArtifactStatus.Phase;
import dev.assay.api.artifact.Scan.Verdict;
import dev.assay.wire.control.SessionStatus;
import dev.assay.wire.control.StoredVersion;
import dev.assay.wire.control.VersionState;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The reconciler against a real API server, with a data plane in memory and a kubelet that the
/// test plays.
@NullUnmarked // a null here fails the test, as it should
class ArtifactReconcilerTest {
  private static final String HEX = "a".repeat(64);
  private static final String UPLOAD = "source: {upload: {expiresIn: 1h}}\n";
  private static final ArtifactOperator OPERATOR = ArtifactOperator.shared();

  private Site site;
  private Kubelet kubelet;

  @BeforeEach
  void open() {
    OPERATOR.start();
    site = new Site(OPERATOR).ready();
    kubelet = new Kubelet(site);
  }

  @AfterEach
  void close() {
    OPERATOR.plane().setDown(false);
    OPERATOR.resetClock();
    OPERATOR.start();
    site.close();
  }

  @AfterAll
  static void end() {
    OPERATOR.stop();
  }

  private StoredVersion version() {
    return site.store().all().getFirst();
  }

  private void touch(String artifact) {
    site.client
        .resource(site.get(artifact))
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"annotations\":{\"reconcile.fluxcd.io/requestedAt\":\""
                + UUID.randomUUID()
                + "\"}}}");
  }

  private void awaitPhase(String artifact, Phase phase) {
    eventually(() -> assertThat(site.status(artifact).phase()).isEqualTo(phase));
  }

  private void clean(String artifact) {
    site.upload(artifact, HEX);
    kubelet.finish(site.awaitJob(artifact), Kubelet.clean(HEX));
    awaitPhase(artifact, Phase.Ready);
  }

  @Test
  void cleanBytesGoAllTheWay() {
    site.artifact("agent", UPLOAD + "download: {expiresIn: 24h}\nfilename: agent.bin\n");

    site.awaitWindow("agent");
    var upload = site.values("agent-upload");
    assertThat(site.get("agent").getMetadata().getFinalizers()).contains("assay.dev/artifact");
    assertThat(site.secret("agent-upload").getType()).isEqualTo("assay.dev/presigned-url");
    assertThat(upload).containsEntry("ARTIFACT_METHOD", "PUT").containsKey("ARTIFACT_URL_INTERNAL");
    assertThat(upload.get("ARTIFACT_URL"))
        .startsWith(
            "http://releases."
                + site.namespace
                + ".svc/releases/agent/1.0.0/agent.bin?x-assay-upload="
                + site.get("agent").getMetadata().getUid());
    assertThat(upload.get("ARTIFACT_EXPIRY_TIMESTAMP"))
        .isEqualTo(site.status("agent").upload().expiresAt().toString());

    site.upload("agent", HEX);
    var job = site.awaitJob("agent");
    assertThat(site.hasSecret("agent-upload")).isFalse();
    assertThat(site.values(job.getMetadata().getName() + "-fetch").get("ARTIFACT_URL"))
        .contains("versionId=" + version().versionId(), "assay-scanner-");
    assertThat(site.values(job.getMetadata().getName() + "-publish"))
        .containsOnlyKeys("REPORT_URL", "SBOM_URL", "FINDINGS_URL");
    assertThat(version().state()).isEqualTo(VersionState.Staged);

    kubelet.finish(job, Kubelet.clean(HEX));
    awaitPhase("agent", Phase.Ready);
    eventually(() -> site.secret("agent-download"));
    var status = site.status("agent");
    assertThat(version().state()).isEqualTo(VersionState.Released);
    assertThat(status.revision()).isEqualTo("1.0.0@sha256:" + HEX);
    assertThat(status.scan().verdict()).isEqualTo(Verdict.Clean);
    assertThat(site.condition("agent", "Scanned").reason()).isEqualTo("Clean");
    assertThat(site.condition("agent", "ArtifactInStorage").status()).isEqualTo(Status.True);
    assertThat(site.values("agent-download"))
        .containsEntry("ARTIFACT_METHOD", "GET")
        .containsEntry("ARTIFACT_SHA256", HEX)
        .containsEntry("ARTIFACT_SIZE", "100");
    assertThat(site.hasSecret(job.getMetadata().getName() + "-fetch")).isFalse();
    assertThat(site.hasSecret(job.getMetadata().getName() + "-publish")).isFalse();
    assertThat(site.client.events().v1().events().inNamespace(site.namespace).list().getItems())
        .extracting("reason")
        .contains("Uploaded", "Released");
  }

  @Test
  void badBytesAreQuarantinedAndAnExceptionLetsThemOut() {
    site.artifact("bad", UPLOAD + "download: {}\n");
    site.upload("bad", HEX);
    kubelet.finish(site.awaitJob("bad"), Kubelet.vulnerable(HEX));
    awaitPhase("bad", Phase.Quarantined);

    assertThat(version().state()).isEqualTo(VersionState.Quarantined);
    assertThat(version().stateReason()).isEqualTo("VulnerabilitiesFound");
    assertThat(site.status("bad").scan().critical()).isEqualTo(1);
    assertThat(site.condition("bad", "Stalled").reason()).isEqualTo("Quarantined");
    assertThat(site.hasSecret("bad-download")).isFalse();

    site.client
        .resources(ScanPolicy.class)
        .inNamespace(site.namespace)
        .withName(Site.POLICY)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\":{\"exceptions\":[{\"id\":\"CVE-2021-44228\",\"justification\":\"vulnerable_code_not_present\",\"expiresAt\":\"2099-01-01T00:00:00Z\"}]}}");
    awaitPhase("bad", Phase.Ready);

    assertThat(version().state()).isEqualTo(VersionState.Released);
    assertThat(site.jobs()).hasSize(1); // nothing was scanned again
    eventually(() -> site.secret("bad-download"));
  }

  @Test
  void aWrongDigestStallsUntilARightUploadComes() {
    site.artifact("tampered", UPLOAD + "digest: sha256:" + HEX + "\n");
    site.awaitWindow("tampered");
    var uid = site.get("tampered").getMetadata().getUid();
    var other = "b".repeat(64);

    site.store().refuse(uid, new SessionStatus.Refusal("DigestMismatch", HEX, other));
    eventually(() -> {
      assertThat(site.condition("tampered", "Ready").reason()).isEqualTo("DigestMismatch");
      assertThat(site.condition("tampered", "Stalled").message())
          .isEqualTo("spec says sha256:" + HEX + ", upload had sha256:" + other);
    });
    site.store().upload(uid, 100, HEX);

    kubelet.finish(site.awaitJob("tampered"), Kubelet.clean(HEX));
    awaitPhase("tampered", Phase.Ready);
  }

  @Test
  void aWindowThatClosesLeavesNothingBehind() {
    site.artifact("late", "source: {upload: {expiresIn: 2s}}\n");

    eventually(() -> {
      assertThat(site.condition("late", "Ready").reason()).isEqualTo("UploadExpired");
      assertThat(site.condition("late", "Stalled").status()).isEqualTo(Status.True);
      assertThat(site.hasSecret("late-upload")).isFalse();
      assertThat(site.store().session(site.get("late").getMetadata().getUid())).isEmpty();
    });
  }

  @Test
  void aSecretOfSomebodyElseIsNotTouched() {
    var foreign =
        site.client
            .resource(
                new SecretBuilder()
                    .withNewMetadata()
                    .withNamespace(site.namespace)
                    .withName("taken-upload")
                    .endMetadata()
                    .withData(Map.of("k", "dg=="))
                    .build())
            .create();

    site.artifact("taken", UPLOAD);
    eventually(
        () -> assertThat(site.condition("taken", "Stalled").reason()).isEqualTo("NameConflict"));
    assertThat(site.secret("taken-upload")).isEqualTo(foreign);

    site.client.resource(foreign).delete();
    touch("taken");
    site.awaitWindow("taken");
  }

  @Test
  void aDeletedSecretComesBackTheSame() {
    site.artifact("same", UPLOAD);
    site.awaitWindow("same");
    var before = site.secret("same-upload").getData();

    site.client.secrets().inNamespace(site.namespace).withName("same-upload").delete();
    touch("same");

    eventually(() -> assertThat(site.secret("same-upload").getData()).isEqualTo(before));
  }

  @Test
  void aFailedJobIsTriedAgainAndADeletedOneIsMadeAgain() {
    site.artifact("retry", UPLOAD);
    site.upload("retry", HEX);
    var first = site.awaitJob("retry");
    site.client.resource(first).delete();
    eventually(() ->
        assertThat(site.awaitJob("retry").getMetadata().getUid())
            .isNotEqualTo(first.getMetadata().getUid()));
    var second = site.awaitJob("retry");
    assertThat(second.getMetadata().getName()).isEqualTo(first.getMetadata().getName());

    kubelet.fail(second, "DatabaseUnavailable");
    eventually(() -> {
      assertThat(site.status("retry").scan().attempts()).isEqualTo(1);
      assertThat(site.condition("retry", "Ready").reason()).isEqualTo("ScanFailed");
      assertThat(site.condition("retry", "Reconciling").reason()).isEqualTo("ProgressingWithRetry");
    });
    assertThat(site.status("retry").scan().lastFailure()).contains("DatabaseUnavailable");
    touch("retry"); // a person does not want to wait for the pause

    var third = site.awaitJob("retry");
    assertThat(third.getMetadata().getName()).isNotEqualTo(second.getMetadata().getName());
    kubelet.finish(third, Kubelet.clean(HEX));
    awaitPhase("retry", Phase.Ready);
    assertThat(site.status("retry").scan().attempts()).isNull();
  }

  @Test
  void aRestartInTheMiddleOfEachStateLosesNothing() {
    site.artifact("steady", UPLOAD + "download: {}\n");
    site.awaitWindow("steady");
    var secret = site.secret("steady-upload");

    OPERATOR.restart();
    OPERATOR.stop(); // bytes arrive while nobody looks
    site.store().upload(site.get("steady").getMetadata().getUid(), 100, HEX);
    assertThat(site.secret("steady-upload")).isEqualTo(secret);
    OPERATOR.start();
    var job = site.awaitJob("steady");
    OPERATOR.restart();
    assertThat(site.jobs()).hasSize(1);
    OPERATOR.stop(); // the scan ends while nobody looks
    kubelet.finish(job, Kubelet.clean(HEX));
    OPERATOR.start();
    awaitPhase("steady", Phase.Ready);
    eventually(() -> site.secret("steady-download"));
    var ready = site.get("steady");
    OPERATOR.restart();

    // Something else must have been reconciled before "nothing happened" means anything.
    site.artifact("other", UPLOAD);
    site.awaitWindow("other");
    assertThat(site.get("steady").getMetadata().getResourceVersion())
        .isEqualTo(ready.getMetadata().getResourceVersion());
    assertThat(site.jobs()).hasSize(1);
  }

  @Test
  void atRestNothingIsWritten() {
    site.artifact("rest", UPLOAD + "download: {}\n");
    clean("rest");
    eventually(() -> site.secret("rest-download"));
    var before = site.get("rest").getMetadata().getResourceVersion();
    var secret = site.secret("rest-download").getMetadata().getResourceVersion();
    var calls = OPERATOR.plane().calls().size();

    touch("rest");
    eventually(() -> assertThat(site.status("rest").lastHandledReconcileAt()).isNotNull());
    var handled = site.get("rest").getMetadata().getResourceVersion();
    Awaitility.await()
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(10))
        .until(() -> site.get("rest").getMetadata().getResourceVersion().equals(handled));

    assertThat(handled).isNotEqualTo(before);
    assertThat(site.secret("rest-download").getMetadata().getResourceVersion()).isEqualTo(secret);
    assertThat(OPERATOR.plane().calls().subList(calls, OPERATOR.plane().calls().size()))
        .allMatch(call -> call.startsWith("GET "));
  }

  @Test
  void theDownloadSecretIsRenewedAtItsTime() {
    site.artifact("renew", UPLOAD + "download: {expiresIn: 24h}\n");
    clean("renew");
    eventually(() -> site.secret("renew-download"));
    var first = site.values("renew-download").get("ARTIFACT_URL");

    OPERATOR.advance(Duration.ofHours(17));
    touch("renew");

    eventually(() -> {
      assertThat(site.status("renew").download().revision()).isEqualTo(2);
      assertThat(site.values("renew-download").get("ARTIFACT_URL")).isNotEqualTo(first);
    });
    assertThat(site.status("renew").phase()).isEqualTo(Phase.Ready);
    assertThat(site.values("renew-download").get("ARTIFACT_EXPIRY_TIMESTAMP"))
        .isEqualTo(site.status("renew").download().notAfter().toString());
  }

  @Test
  void aDataPlaneThatIsAwayIsWaitedForAndGoodStaysGood() {
    site.artifact("good", UPLOAD);
    clean("good");
    OPERATOR.plane().setDown(true);
    site.artifact("new", UPLOAD);
    eventually(
        () -> assertThat(site.condition("new", "Ready").reason()).isEqualTo("StoreUnavailable"));
    touch("good");
    assertThat(site.status("good").phase()).isEqualTo(Phase.Ready);

    OPERATOR.plane().setDown(false);

    site.awaitWindow("new");
  }

  @Test
  void aBucketThatIsNotReadyIsWaitedForWithoutPolling() {
    site.bucketReady(false);
    site.artifact("early", UPLOAD);
    eventually(() ->
        assertThat(site.condition("early", "Ready").reason()).isEqualTo("DependencyNotReady"));

    site.bucketReady(true);

    site.awaitWindow("early");
  }

  @Test
  void theYoungerOfTwoWithOneKeyWaitsForTheElderToGo() {
    site.artifact("elder", UPLOAD + "key: shared\n");
    site.awaitWindow("elder");
    // Creation times have whole seconds; the UID decides between two of one second.
    var elder = Instant.parse(site.get("elder").getMetadata().getCreationTimestamp());
    Awaitility.await().until(() -> Instant.now().isAfter(elder.plusSeconds(1)));
    site.artifact("younger", UPLOAD + "key: shared\n");
    eventually(
        () -> assertThat(site.condition("younger", "Stalled").reason()).isEqualTo("KeyConflict"));

    site.client.resource(site.get("elder")).delete();

    site.awaitWindow("younger");
  }

  @Test
  void theSameBytesAreScannedOnce() {
    site.artifact("first", UPLOAD);
    clean("first");

    site.artifact("second", UPLOAD);
    site.upload("second", HEX);

    awaitPhase("second", Phase.Ready);
    assertThat(site.jobs()).hasSize(1);
    assertThat(site.status("second").scan().findingsRef())
        .isEqualTo(site.status("first").scan().findingsRef());
  }

  @Test
  void deletionRemovesTheBytesAndRetainKeepsThem() {
    site.artifact("gone", UPLOAD);
    site.artifact("kept", UPLOAD + "deletionPolicy: Retain\n");
    clean("gone");
    site.upload("kept", HEX);
    awaitPhase("kept", Phase.Ready);

    site.client.resource(site.get("gone")).delete();
    site.client.resource(site.get("kept")).delete();

    eventually(() ->
        assertThat(
                site.client.resources(Artifact.class).inNamespace(site.namespace).list().getItems())
            .isEmpty());
    assertThat(site.store().all())
        .extracting(StoredVersion::key)
        .containsExactly("kept/1.0.0/kept");
  }

  @Test
  void aDeletionThatTheBucketDoesNotAnswerIsBlockedAndTriedAgain() {
    site.artifact("stuck", UPLOAD);
    clean("stuck");
    OPERATOR.plane().setDown(true);
    site.client.resource(site.get("stuck")).delete();
    eventually(() -> {
      assertThat(site.condition("stuck", "DeletionBlocked").status()).isEqualTo(Status.True);
      assertThat(site.status("stuck").phase()).isEqualTo(Phase.Deleting);
    });

    OPERATOR.plane().setDown(false);
    OPERATOR.restart(); // rather than to wait for half a minute

    eventually(() ->
        assertThat(
                site.client
                    .resources(Artifact.class)
                    .inNamespace(site.namespace)
                    .withName("stuck")
                    .get())
            .isNull());
    assertThat(site.store().all()).isEmpty();
  }

  @Test
  void onlyAsManyScansRunAsThePolicyAllows() {
    site.client
        .resources(ScanPolicy.class)
        .inNamespace(site.namespace)
        .withName(Site.POLICY)
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"job\":{\"maxConcurrent\":1}}}");
    for (var i = 0; i < 3; i++) {
      site.artifact("queued-" + i, UPLOAD);
    }
    for (var i = 0; i < 3; i++) {
      site.upload("queued-" + i, String.valueOf(i).repeat(64));
    }

    for (var done = 1; done <= 3; done++) {
      var so = done;
      eventually(() -> assertThat(site.jobs()).hasSize(so));
      var job =
          site.jobs().stream()
              .max(
                  java.util.Comparator.comparing(
                      j -> Long.valueOf(j.getMetadata().getResourceVersion())))
              .orElseThrow();
      var digest =
          job.getSpec().getTemplate().getSpec().getInitContainers().getFirst().getEnv().stream()
              .filter(e -> e.getName().equals("ASSAY_DIGEST"))
              .findFirst()
              .orElseThrow()
              .getValue();
      kubelet.finish(job, Kubelet.clean(digest.substring("sha256:".length())));
    }

    for (var i = 0; i < 3; i++) {
      awaitPhase("queued-" + i, Phase.Ready);
    }
  }

  @Test
  void withoutTheRightToWriteSecretsItSaysWhoMayGrantIt() {
    site.artifact("before", UPLOAD);
    site.awaitWindow("before"); // so that the Bucket's keys were read
    site.unbindTenant();
    site.artifact("denied", UPLOAD);

    eventually(() -> {
      assertThat(site.condition("denied", "Stalled").reason()).isEqualTo("AccessDenied");
      assertThat(site.condition("denied", "Ready").message())
          .contains(
              "kubectl create rolebinding assay --namespace "
                  + site.namespace
                  + " --clusterrole assay-tenant");
    });

    site.bindTenant();
    touch("denied");
    site.awaitWindow("denied");
  }

  @Test
  void anApiServerThatIsAwayIsWaitedFor() throws IOException {
    site.artifact("away", UPLOAD);
    site.awaitWindow("away");
    var wire = OPERATOR.wire();

    wire.cut();
    site.store().upload(site.get("away").getMetadata().getUid(), 100, HEX);
    site.artifact("meanwhile", UPLOAD);
    Awaitility.await()
        .during(Duration.ofSeconds(5))
        .atMost(Duration.ofSeconds(10))
        .until(() -> site.jobs().isEmpty() && site.status("meanwhile").conditions().isEmpty());
    wire.mend();

    kubelet.finish(site.awaitJob("away"), Kubelet.clean(HEX));
    awaitPhase("away", Phase.Ready);
    site.awaitWindow("meanwhile");
  }

  @Test
  void whatAnotherManagerChangesInAUrlSecretIsPutRight() {
    site.artifact("edited", UPLOAD);
    site.awaitWindow("edited");
    var before = site.secret("edited-upload").getData();

    site.client
        .resource(site.secret("edited-upload"))
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"MINE\":\"dg==\"}}");
    touch("edited");
    eventually(() -> assertThat(site.status("edited").lastHandledReconcileAt()).isNotNull());

    // A key of another manager is its own; ours are as they shall be.
    assertThat(site.secret("edited-upload").getData()).containsAllEntriesOf(before);
    assertThat(site.condition("edited", "Ready").reason()).isEqualTo("AwaitingUpload");
  }

  @Test
  void multipartUploadsHaveTheirPartsInASecondSecret() {
    site.artifact(
        "parts", "source: {upload: {expiresIn: 1h, maxSize: 20Mi, multipart: {partSize: 5Mi}}}\n");
    site.awaitWindow("parts");

    var first = site.values("parts-upload");
    assertThat(first)
        .containsKeys("ARTIFACT_UPLOAD_ID", "ARTIFACT_COMPLETE_URL", "ARTIFACT_ABORT_URL")
        .containsEntry("ARTIFACT_PART_SIZE", "5242880")
        .doesNotContainKey("ARTIFACT_URL");
    assertThat(site.values("parts-upload-parts").get("parts.json"))
        .contains("\"number\":4", "partNumber=4")
        .doesNotContain("\"number\":5");

    site.upload("parts", HEX);
    site.awaitJob("parts");
    assertThat(site.hasSecret("parts-upload-parts")).isFalse();
  }

  @Test
  void noUrlAndNoKeyStandsInStatusOrEvents() {
    site.artifact("quiet", UPLOAD + "download: {}\n");
    clean("quiet");
    eventually(() -> site.secret("quiet-download"));

    var seen =
        site.client.getKubernetesSerialization().asYaml(site.get("quiet"))
            + site.client.events().v1().events().inNamespace(site.namespace).list();

    assertThat(seen).doesNotContain("X-Amz-Signature", "presign-secret");
  }
}
