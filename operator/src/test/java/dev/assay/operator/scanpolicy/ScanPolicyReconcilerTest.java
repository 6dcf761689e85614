package dev.assay.operator.scanpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assay.api.Condition;
import dev.assay.api.Condition.Status;
import dev.assay.api.ScanPolicy;
import dev.assay.api.Vocabulary.Annotations;
import dev.assay.api.Vocabulary.Labels;
import dev.assay.api.scanpolicy.ScanPolicySpec;
import dev.assay.operator.KubeApiResource;
import dev.assay.operator.control.FakeDataPlaneResource;
import dev.assay.operator.signing.FakeMirror;
import dev.assay.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The API server is real; the Job controller and the kubelet are played by the test.
@QuarkusTest
@WithTestResource(KubeApiResource.class)
@WithTestResource(FakeDataPlaneResource.class)
class ScanPolicyReconcilerTest {
  private static final KubernetesClient CLIENT = KubeApiResource.client();
  private static final String BUILT = "2026-11-22T06:00:00Z";

  private static final String PUBLIC_KEY =
      """
      -----BEGIN PUBLIC KEY-----
      MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEZ5H9EQnki7svVkK4FwYK2632/Kep
      xaQu5w3C1HRtvb6B5md/nrLNkIfoX1FqG+4v96Lm2bQRV6TWKhrfoCI0Hg==
      -----END PUBLIC KEY-----\
      """;

  private String namespace = "";

  @BeforeEach
  void namespace() {
    namespace =
        CLIENT
            .resource(
                new NamespaceBuilder()
                    .withNewMetadata()
                    .withGenerateName("policy-")
                    .endMetadata()
                    .build())
            .create()
            .getMetadata()
            .getName();
  }

  @Test
  void policiesWithTheSameDatabaseShareItsCacheAndItsJob() {
    create("first", "{}");
    eventually(() -> assertThat(jobs()).hasSize(1));
    create("second", "failOn: {severity: LOW}");

    eventually(() -> {
      assertThat(condition("first", "Ready").reason()).isEqualTo("Progressing");
      assertThat(condition("second", "Ready").reason()).isEqualTo("Progressing");
      assertThat(condition("second", "Reconciling").status()).isEqualTo(Status.True);
    });
    eventually(() -> {
      var claims = CLIENT.persistentVolumeClaims().inNamespace(namespace).list().getItems();
      assertThat(claims).hasSize(1);
      assertThat(claims.getFirst().getMetadata().getOwnerReferences())
          .extracting(OwnerReference::getName)
          .containsExactlyInAnyOrder("first", "second");
    });
    assertThat(jobs()).hasSize(1);
    assertThat(
            CLIENT.network().networkPolicies().inNamespace(namespace).list().getItems().stream()
                .map(n -> n.getMetadata().getName()))
        .containsExactlyInAnyOrder(
            "assay-scan-first", "assay-scan-db-first", "assay-scan-second", "assay-scan-db-second");

    succeed(jobs().getFirst());

    eventually(() -> {
      for (var name : List.of("first", "second")) {
        assertThat(condition(name, "Ready").status()).isEqualTo(Status.True);
        assertThat(policy(name).getStatus().databaseUpdatedAt()).isEqualTo(Instant.parse(BUILT));
      }
      assertThat(jobs().getFirst().getMetadata().getAnnotations())
          .containsEntry(Annotations.DATABASE_UPDATED_AT, BUILT);
    });

    pods().forEach(pod -> CLIENT.resource(pod).withGracePeriod(0).delete());
    CLIENT.resource(policy("second")).delete();
    create("third", "onUnscannable: Allow");

    eventually(() -> assertThat(condition("third", "Ready").status()).isEqualTo(Status.True));
    assertThat(jobs()).hasSize(1);
  }

  @Test
  void aDatabaseThatCannotBeFetchedIsToldAndTriedAgainWhenAsked() {
    create("lonely", "{}");
    eventually(() -> assertThat(jobs()).hasSize(1));

    fail(jobs().getFirst());

    eventually(() -> {
      var ready = condition("lonely", "Ready");
      assertThat(ready.status()).isEqualTo(Status.False);
      assertThat(ready.reason()).isEqualTo("DatabaseUnavailable");
      assertThat(ready.message()).contains("the registry says 503 (DatabaseUnavailable)");
      assertThat(condition("lonely", "Reconciling").reason()).isEqualTo("ProgressingWithRetry");
    });

    CLIENT
        .resources(ScanPolicy.class)
        .inNamespace(namespace)
        .withName("lonely")
        .edit(p -> {
          p.getMetadata().getAnnotations().put(Annotations.RECONCILE_REQUESTED_AT, "now");
          return p;
        });

    eventually(() -> {
      assertThat(jobs())
          .extracting(j -> j.getMetadata().getName())
          .anyMatch(n -> n.endsWith("-1-2"));
      assertThat(policy("lonely").getStatus().lastHandledReconcileAt()).isEqualTo("now");
    });
  }

  @Test
  void keysAreReadFromASecretThatSaysSoAndStandInStatus() {
    create("signed", "verify: [{name: ours, key: {secretRef: {name: keys}}}]");
    eventually(() ->
        assertThat(condition("signed", "Ready").message())
            .isEqualTo("spec.verify of 'ours': Secret 'keys' does not exist; create it"));

    secret("keys", Map.of(), PUBLIC_KEY);
    ask("signed", "labelled?");
    eventually(() ->
        assertThat(condition("signed", "Ready").message())
            .contains("Secret 'keys' lacks the label assay.dev/credential=true")
            .contains("kubectl label secret keys assay.dev/credential=true"));
    assertThat(policy("signed").getStatus().verifiers()).isEmpty();

    CLIENT.secrets().inNamespace(namespace).withName("keys").delete();
    secret("keys", Map.of(Labels.CREDENTIAL, "true"), PUBLIC_KEY);
    ask("signed", "now");
    eventually(() -> assertThat(policy("signed").getStatus().verifiers()).hasSize(1));
    eventually(() -> {
      var verifier = policy("signed").getStatus().verifiers().getFirst();
      assertThat(verifier.name()).isEqualTo("ours");
      assertThat(verifier.keys().getFirst().pem()).isEqualTo(PUBLIC_KEY);
    });

    // A key that cannot be used takes the whole rule out of force, not only itself.
    CLIENT.secrets().inNamespace(namespace).withName("keys").delete();
    secret("keys", Map.of(Labels.CREDENTIAL, "true"), "no key");
    ask("signed", "again");
    eventually(() -> {
      assertThat(policy("signed").getStatus().verifiers()).isEmpty();
      assertThat(condition("signed", "Ready").message())
          .contains("key 'cosign.pub' of Secret 'keys': expected one PUBLIC KEY in PEM");
    });
  }

  @Test
  void anIdentityWithoutARootOfItsOwnHasThePublicOne() throws IOException {
    create(
        "keyless",
        "verify: [{name: ours, keyless: {issuer: 'https://issuer.example.org', subject: me}}]");

    eventually(() -> assertThat(policy("keyless").getStatus().verifiers()).hasSize(1));
    var verifier = policy("keyless").getStatus().verifiers().getFirst();
    assertThat(verifier.name()).isEqualTo("ours");
    assertThat(verifier.trustedRoot()).isEqualTo(Files.readString(FakeMirror.TRUSTED_ROOT));
  }

  private void secret(String name, Map<String, String> labels, String key) {
    CLIENT
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .withStringData(Map.of("cosign.pub", key))
                .build())
        .create();
  }

  private void ask(String name, String when) {
    CLIENT
        .resources(ScanPolicy.class)
        .inNamespace(namespace)
        .withName(name)
        .edit(p -> {
          p.getMetadata().setAnnotations(Map.of(Annotations.RECONCILE_REQUESTED_AT, when));
          return p;
        });
  }

  @Test
  void aFieldThatThisBuildDoesNotActOnStalls() {
    create("verifying", "vex: [{configMapRef: {name: statements}}]");

    eventually(() -> {
      assertThat(condition("verifying", "Stalled").reason()).isEqualTo("NotImplemented");
      assertThat(condition("verifying", "Ready").message()).contains("spec.vex");
      assertThat(policy("verifying").getStatus().observedGeneration()).isEqualTo(1);
    });
  }

  @Test
  void anImageThatIsNotAllowedStallsAndNothingRuns() {
    create("faking", "engine: {image: evil.example.org/scan:1}");

    eventually(() -> assertThat(condition("faking", "Stalled").reason()).isEqualTo("AccessDenied"));
    assertThat(jobs()).isEmpty();
  }

  @Test
  void exceptionsAreCountedAndWrongOnesNamed() {
    create(
        "excepting",
        """
        job: {cache: {emptyDir: {}}}
        exceptions:
          - {id: CVE-1, justification: component_not_present, expiresAt: "2020-01-01T00:00:00Z"}
          - {id: CVE-2, justification: component_not_present, expiresAt: "2999-01-01T00:00:00Z"}
        """);
    eventually(() -> {
      assertThat(condition("excepting", "Ready").status()).isEqualTo(Status.True);
      var counts = policy("excepting").getStatus().exceptions();
      assertThat(counts).hasToString("ExceptionCounts[active=1, expiringSoon=0, expired=1]");
    });
    assertThat(jobs()).isEmpty();

    CLIENT
        .resources(ScanPolicy.class)
        .inNamespace(namespace)
        .withName("excepting")
        .edit(p -> {
          p.setSpec(
              spec(
                  """
                  exceptions:
                    - {id: CVE-2, purl: "pkg:npm/a@%3E1", justification: component_not_present, expiresAt: "2999-01-01T00:00:00Z"}
                  """));
          return p;
        });

    eventually(() -> {
      assertThat(condition("excepting", "Stalled").reason()).isEqualTo("InvalidSpec");
      assertThat(condition("excepting", "Ready").message())
          .contains("spec.exceptions[0].purl of CVE-2: '>1' is a range");
    });
  }

  @Test
  void aForeignNetworkPolicyIsLeftAlone() {
    CLIENT
        .resource(
            new NetworkPolicyBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("assay-scan-mine")
                .endMetadata()
                .withNewSpec()
                .withNewPodSelector()
                .endPodSelector()
                .endSpec()
                .build())
        .create();
    create("mine", "{}");

    eventually(() -> assertThat(condition("mine", "Stalled").reason()).isEqualTo("NameConflict"));
  }

  private void create(String name, String spec) {
    var policy = new ScanPolicy();
    policy.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
    policy.setSpec(spec(spec));
    CLIENT.resource(policy).create();
  }

  private static ScanPolicySpec spec(String yaml) {
    return CLIENT.getKubernetesSerialization().unmarshal(yaml, ScanPolicySpec.class);
  }

  private ScanPolicy policy(String name) {
    return CLIENT.resources(ScanPolicy.class).inNamespace(namespace).withName(name).require();
  }

  private Condition condition(String name, String type) {
    return Conditions.find(policy(name).getStatus().conditions(), type)
        .orElseThrow(() -> new AssertionError(name + " has no condition " + type));
  }

  private List<Job> jobs() {
    return CLIENT.batch().v1().jobs().inNamespace(namespace).list().getItems();
  }

  private List<Pod> pods() {
    return CLIENT.pods().inNamespace(namespace).list().getItems();
  }

  private void succeed(Job job) {
    end(job, 0, "{\"schema\":1,\"updatedAt\":\"" + BUILT + "\"}");
    var now = Instant.now().toString();
    CLIENT
        .resource(
            new JobBuilder(job)
                .withNewStatus()
                .withSucceeded(1)
                .withStartTime(now)
                .withCompletionTime(now)
                .addNewCondition()
                .withType("SuccessCriteriaMet")
                .withStatus("True")
                .endCondition()
                .addNewCondition()
                .withType("Complete")
                .withStatus("True")
                .withLastTransitionTime(now)
                .endCondition()
                .endStatus()
                .build())
        .updateStatus();
  }

  private void fail(Job job) {
    end(
        job,
        1,
        """
        {"schema":1,"step":"database","reason":"DatabaseUnavailable","message":"the registry says 503"}
        """);
  }

  private void end(Job job, int exitCode, String message) {
    var pod =
        CLIENT
            .resource(
                new PodBuilder()
                    .withNewMetadata()
                    .withNamespace(namespace)
                    .withName(job.getMetadata().getName() + "-x")
                    .withLabels(job.getSpec().getTemplate().getMetadata().getLabels())
                    .addToLabels("batch.kubernetes.io/job-name", job.getMetadata().getName())
                    .endMetadata()
                    .withSpec(job.getSpec().getTemplate().getSpec())
                    .build())
            .create();
    CLIENT
        .resource(
            new PodBuilder(pod)
                .withNewStatus()
                .withPhase(exitCode == 0 ? "Succeeded" : "Failed")
                .addNewContainerStatus()
                .withName("database")
                .withImage("x")
                .withImageID("x")
                .withReady(false)
                .withRestartCount(0)
                .withNewState()
                .withNewTerminated()
                .withExitCode(exitCode)
                .withMessage(message)
                .withFinishedAt(Instant.now().toString())
                .endTerminated()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build())
        .updateStatus();
  }

  private static void eventually(ThrowingRunnable assertion) {
    await().atMost(Duration.ofSeconds(60)).untilAsserted(assertion);
  }
}
