package dev.assay.operator.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.assay.api.Artifact;
import dev.assay.api.artifact.ArtifactStatusBuilder;
import dev.assay.operator.KubeApiResource;
import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What config/admission makes the API server refuse, asked of a real one by its administrator.
class AdmissionPoliciesTest {
  private static final String OPERATOR = "system:serviceaccount:assay-system:assay-operator";
  private static final KubeAPIServer SERVER = KubeApiResource.fresh();
  private static final KubernetesClient ADMINISTRATOR = client("");

  @BeforeAll
  static void install() throws IOException {
    for (var folder : new String[] {"rbac", "admission"}) {
      try (var files = Files.list(Path.of("..", "config", folder))) {
        for (var file : files.filter(f -> !f.endsWith("kustomization.yaml")).sorted().toList()) {
          try (var in = Files.newInputStream(file)) {
            ADMINISTRATOR.load(in).serverSideApply();
          }
        }
      }
    }
    // The API server reads policies some moments later.
    create("first", "upload: {}");
    await().atMost(30, TimeUnit.SECONDS).until(() -> isRefused(() -> claimReady("first")));
  }

  @AfterAll
  static void close() {
    ADMINISTRATOR.close();
    SERVER.stop();
  }

  @Test
  void notEvenAnAdministratorWritesStatus() {
    create("claimed", "upload: {}");

    assertThatThrownBy(() -> claimReady("claimed"))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("status of artifacts is written by the operator alone; found ");
    assertThat(artifact("claimed").getStatus().revision()).isNull();
  }

  @Test
  void theOperatorWritesStatus() {
    create("honest", "upload: {}");

    try (var operator = client(OPERATOR)) {
      claimReady(operator, "honest");
    }

    assertThat(artifact("honest").getStatus().revision()).isEqualTo("1.0.0@sha256:claimed");
  }

  @Test
  void anotherServiceAccountOfThatNameElsewhereDoesNot() {
    create("impostor", "upload: {}");

    try (var impostor = client("system:serviceaccount:default:assay-operator")) {
      assertThat(isRefused(() -> claimReady(impostor, "impostor"))).isTrue();
    }
  }

  @Test
  void nobodyElseSaysThatBytesCameByAPromotion() {
    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> isRefused(() -> create("promoted", "artifactRef: {name: other}")));

    assertThatThrownBy(() -> create("promoted", "artifactRef: {name: other}"))
        .hasMessageContaining("spec.source.artifactRef is set by a Promotion alone");
  }

  private static void create(String name, String source) {
    var yaml =
        """
        apiVersion: assay.dev/v1alpha1
        kind: Artifact
        metadata: {name: %s, namespace: default}
        spec:
          type: Other
          version: 1.0.0
          bucketRef: {name: releases}
          source: {%s}
        """
            .formatted(name, source);
    ADMINISTRATOR
        .resource(ADMINISTRATOR.getKubernetesSerialization().unmarshal(yaml, Artifact.class))
        .create();
  }

  private static Artifact artifact(String name) {
    return ADMINISTRATOR.resources(Artifact.class).inNamespace("default").withName(name).get();
  }

  private static void claimReady(String name) {
    claimReady(ADMINISTRATOR, name);
  }

  private static void claimReady(KubernetesClient client, String name) {
    var artifact = artifact(name);
    artifact.setStatus(
        new ArtifactStatusBuilder()
            .observedGeneration(1L)
            .revision("1.0.0@sha256:claimed")
            .build());
    client.resource(artifact).updateStatus();
  }

  private static boolean isRefused(Runnable call) {
    try {
      call.run();
      return false;
    } catch (KubernetesClientException e) {
      return e.getCode() == 403 || e.getCode() == 422;
    }
  }

  /// @param user impersonated, unless empty
  private static KubernetesClient client(String user) {
    var config = new ConfigBuilder(Config.fromKubeconfig(SERVER.getKubeConfigYaml()));
    if (!user.isEmpty()) {
      config.withImpersonateUsername(user);
    }
    return new KubernetesClientBuilder().withConfig(config.build()).build();
  }
}
