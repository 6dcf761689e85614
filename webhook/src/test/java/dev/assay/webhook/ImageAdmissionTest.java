package dev.assay.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.assay.api.ScanPolicy;
import dev.assay.api.scanpolicy.ImageVerdict;
import dev.assay.api.scanpolicy.ScanPolicyStatusBuilder;
import dev.assay.policy.image.RulesDigest;
import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Pods in a namespace that wants their images signed. The test is the operator: it writes what was
/// found of them into the policy's status.
@QuarkusTest
@WithTestResource(KubeApiResource.class)
class ImageAdmissionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String IMAGE = "registry.example.com/team/app";
  private static final String SIGNED = IMAGE + "@sha256:" + "a".repeat(64);
  private static final String UNSIGNED = IMAGE + "@sha256:" + "b".repeat(64);
  private static final String NEVER_SEEN = IMAGE + "@sha256:" + "c".repeat(64);

  @TestHTTPResource(value = AdmissionRoute.PATH, tls = true)
  @SuppressWarnings("NullAway.Init") // Quarkus sets it before each test
  URI route;

  private final KubernetesClient admin = KubeApiResource.client();
  private final String namespace = "pods-" + UUID.randomUUID().toString().substring(0, 8);

  @BeforeEach
  void aNamespaceThatWantsSignedImages() {
    Installed.at(route).in(admin);
    admin
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(namespace)
                .withLabels(Map.of("assay.dev/verify-images", "true"))
                .endMetadata()
                .build())
        .create();
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() ->
            admin
                .resource(
                    Yaml.read(
                        ScanPolicy.class,
                        "{apiVersion: assay.dev/v1alpha1, kind: ScanPolicy, metadata: {name: team, namespace: %s}, spec: {verify: [{name: k, key: {secretRef: {name: keys}}}], images: [{glob: 'registry.example.com/team/**'}]}}"
                            .formatted(namespace)))
                .create());
    found(SIGNED, "Verified");
    found(UNSIGNED, "Refused");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThatThrownBy(() -> pod("probe", UNSIGNED)).hasMessageContaining("refuses image"));
  }

  @AfterEach
  void close() {
    Installed.at(route).outOf(admin);
    admin.close();
  }

  @Test
  void aSignedImageRuns() {
    pod("signed", SIGNED);

    assertThat(admin.pods().inNamespace(namespace).withName("signed").get()).isNotNull();
  }

  @Test
  void anUnsignedOneDoesNot() {
    assertThatThrownBy(() -> pod("unsigned", UNSIGNED))
        .hasMessageContaining("images.assay.dev")
        .hasMessageContaining("ScanPolicy 'team' refuses image " + UNSIGNED);
  }

  @Test
  void oneByTagDoesNot() {
    assertThatThrownBy(() -> pod("tagged", IMAGE + ":1.0"))
        .hasMessageContaining("must be named by its digest");
  }

  @Test
  void oneThatNoPolicyIsAboutRuns() {
    assertThatCode(() -> pod("other", "registry.example.com/other:1")).doesNotThrowAnyException();
  }

  @Test
  void oneThatWasNeverSeenWaitsForTheOperator() {
    var pod = CompletableFuture.runAsync(() -> pod("first-seen", NEVER_SEEN));

    found(NEVER_SEEN, "Verified");

    assertThat(pod).succeedsWithin(PATIENCE);
  }

  @Test
  void andIsRefusedWhenNothingIsFoundInTime() {
    assertThatThrownBy(() -> pod("too-late", NEVER_SEEN))
        .hasMessageContaining("its signatures are not known yet")
        .hasMessageContaining("retry");
  }

  @Test
  void whatMakesPodsIsTakenUntilItsImageIsKnownToBeBad() {
    assertThatCode(() -> deployment("unknown", NEVER_SEEN)).doesNotThrowAnyException();
    assertThatThrownBy(() -> deployment("bad", UNSIGNED)).hasMessageContaining("refuses image");
  }

  @Test
  void aDryRunDoesNotWait() {
    assertThatCode(() -> admin.resource(manifest("dry", NEVER_SEEN)).dryRun(true).create())
        .doesNotThrowAnyException();
  }

  @Test
  void anImageCannotBeExchangedAfterwards() {
    pod("exchanged", SIGNED);

    assertThatThrownBy(() ->
            admin
                .pods()
                .inNamespace(namespace)
                .withName("exchanged")
                .edit(pod -> {
                  pod.getSpec().getContainers().getFirst().setImage(UNSIGNED);
                  return pod;
                }))
        .hasMessageContaining("refuses image");
  }

  @Test
  void norAddedForDebugging() {
    pod("debugged", SIGNED);

    assertThatThrownBy(() ->
            admin
                .pods()
                .inNamespace(namespace)
                .withName("debugged")
                .ephemeralContainers()
                .edit(pod -> {
                  pod.getSpec()
                      .setEphemeralContainers(
                          List.of(
                              Yaml.read(
                                  EphemeralContainer.class,
                                  "{name: debug, image: '%s'}".formatted(UNSIGNED))));
                  return pod;
                }))
        .hasMessageContaining("refuses image");
  }

  private void found(String image, String state) {
    admin
        .resources(ScanPolicy.class)
        .inNamespace(namespace)
        .withName("team")
        .editStatus(policy -> {
          var was =
              policy.getStatus() == null ? List.<ImageVerdict>of() : policy.getStatus().images();
          var verdicts = new ArrayList<>(was);
          verdicts.removeIf(verdict -> verdict.image().equals(image));
          verdicts.add(
              Yaml.read(
                  ImageVerdict.class,
                  "{image: '%s', state: %s, message: found, rulesDigest: '%s'}"
                      .formatted(image, state, RulesDigest.of(policy.getSpec(), List.of()))));
          policy.setStatus(
              ScanPolicyStatusBuilder.of(policy.getStatus())
                  .observedGeneration(1L)
                  .images(verdicts)
                  .build());
          return policy;
        });
  }

  private void pod(String name, String image) {
    admin.resource(manifest(name, image)).create();
  }

  private Pod manifest(String name, String image) {
    return Yaml.read(
        Pod.class,
        "{apiVersion: v1, kind: Pod, metadata: {name: %s, namespace: %s}, spec: {automountServiceAccountToken: false, containers: [{name: app, image: '%s'}]}}"
            .formatted(name, namespace, image));
  }

  private void deployment(String name, String image) {
    admin
        .resource(
            Yaml.read(
                Deployment.class,
                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: %s, namespace: %s}, spec: {selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: app, image: '%s'}]}}}}"
                    .formatted(name, namespace, image)))
        .create();
  }
}
