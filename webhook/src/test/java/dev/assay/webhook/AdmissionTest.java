package dev.assay.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.assay.api.Artifact;
import dev.assay.api.Bucket;
import dev.assay.api.Promotion;
import dev.assay.api.ScanPolicy;
import dev.assay.api.artifact.ArtifactStatus;
import dev.assay.api.scanpolicy.ScanPolicyStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The configuration that is installed, asked by a real API server.
@QuarkusTest
@WithTestResource(KubeApiResource.class)
class AdmissionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String DIGEST = "a".repeat(64);

  @TestHTTPResource(value = AdmissionRoute.PATH, tls = true)
  @SuppressWarnings("NullAway.Init") // Quarkus sets it before each test
  URI route;

  private final KubernetesClient admin = KubeApiResource.client();
  private final String namespace = "test-" + UUID.randomUUID().toString().substring(0, 8);
  private final SigningKey key = new SigningKey();

  @BeforeEach
  void aNamespaceWithAPolicyThatWantsSignatures() {
    Installed.at(route).in(admin);
    admin
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    until(() ->
        create(
            ScanPolicy.class,
            "ScanPolicy",
            "signed",
            "verify: [{name: release-key, enforceAt: Admission, key: {secretRef: {name: keys}}}]"));
    create(
        Bucket.class,
        "Bucket",
        "releases",
        "provider: filesystem, filesystem: {size: 1Gi}, defaultScanPolicyRef: {name: signed}");
    var policy = admin.resources(ScanPolicy.class).inNamespace(namespace).withName("signed");
    policy.editStatus(found -> {
      found.setStatus(
          Yaml.read(
              ScanPolicyStatus.class,
              "{observedGeneration: 1, verifiers: [{name: release-key, keys: [{fingerprint: '%s', pem: '%s'}]}]}"
                  .formatted(key.trusted().fingerprint(), key.pem().replace("\n", "\n\n"))));
      return found;
    });
    // Until the webhook has seen it: the sentence is another one before.
    until(() ->
        assertThatThrownBy(() -> artifact("probe", "")).hasMessageContaining("brings no bundle"));
  }

  @AfterEach
  void close() {
    Installed.at(route).outOf(admin);
    admin.close();
  }

  @Test
  void anUnsignedArtifactIsRefusedWithWhatToDo() {
    assertThatThrownBy(() -> artifact("unsigned", ""))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("objects.assay.dev")
        .hasMessageContaining("cosign sign-blob --bundle")
        .hasMessageContaining("spec.verify.bundle.inline");
    assertThat(admin.resources(Artifact.class).inNamespace(namespace).list().getItems()).isEmpty();
  }

  @Test
  void aSignedOneIsTaken() {
    artifact("signed", inline(key.bundle(DIGEST)));

    assertThat(admin.resources(Artifact.class).inNamespace(namespace).withName("signed").get())
        .isNotNull();
  }

  @Test
  void oneThatAnotherSignedIsRefused() {
    assertThatThrownBy(() -> artifact("theirs", inline(new SigningKey().bundle(DIGEST))))
        .hasMessageContaining("rule 'release-key', check Key");
  }

  @Test
  void aBundleInASecretIsTheOperatorsToCheck() {
    assertThatCode(() -> artifact("later", "verify: {bundle: {secretRef: {name: bundle}}}"))
        .doesNotThrowAnyException();
  }

  @Test
  void whatTouchesNoSpecNeedsNoReview() {
    artifact("signed", inline(key.bundle(DIGEST)));
    Installed.at("https://127.0.0.1:1").in(admin);
    var signed = admin.resources(Artifact.class).inNamespace(namespace).withName("signed");

    // Until the API server uses the new configuration.
    until(() ->
        assertThatThrownBy(() -> artifact("another", inline(key.bundle(DIGEST))))
            .hasMessageContaining("failed calling webhook"));
    signed.edit(found -> {
      found.getMetadata().setFinalizers(List.of("example.org/kept"));
      return found;
    });
    signed.edit(found -> {
      found.getMetadata().setFinalizers(List.of());
      return found;
    });
    assertThatThrownBy(() -> signed.edit(AdmissionTest::labelled))
        .hasMessageContaining("failed calling webhook");
    signed.delete();
  }

  @Test
  void aPolicyIsLoosenedByThoseWhoMayRelease() {
    artifact("bad", inline(key.bundle(DIGEST)));
    admin
        .resources(Artifact.class)
        .inNamespace(namespace)
        .withName("bad")
        .editStatus(found -> {
          found.setStatus(
              Yaml.read(
                  ArtifactStatus.class,
                  "{phase: Quarantined, conditions: [{type: Quarantined, status: 'True', reason: Vulnerable, message: bad, observedGeneration: 1, lastTransitionTime: '2026-11-22T12:00:00Z'}]}"));
          return found;
        });
    grant("ann", "scanpolicies", "get", "list", "update", "patch");

    try (var ann = as("ann")) {
      until(() ->
          assertThatThrownBy(() -> loosen(ann))
              .hasMessageContaining("takes the right to release in Bucket releases")
              .hasMessageContaining("ann has not"));
      until(() ->
          assertThat(admin.events().v1().events().inNamespace(namespace).list().getItems())
              .anyMatch(event -> event.getReason().equals("ReleaseForbidden")));
      grant("ann", "buckets", "release");
      until(() -> loosen(ann));
    }
    assertThat(
            admin
                .resources(ScanPolicy.class)
                .inNamespace(namespace)
                .withName("signed")
                .get()
                .getSpec()
                .onUnscannable())
        .isNotNull();
  }

  @Test
  void anExceptionEnds() {
    assertThatThrownBy(() ->
            create(
                ScanPolicy.class,
                "ScanPolicy",
                "eternal",
                "exceptions: [{id: CVE-1, justification: component_not_present, expiresAt: '2099-01-01T00:00:00Z'}]"))
        .hasMessageContaining("expected at most 366 days from now");
  }

  @Test
  void aPromotionOfOtherBytesIsRefused() {
    artifact("signed", inline(key.bundle(DIGEST)));

    until(() ->
        assertThatThrownBy(() ->
                create(
                    Promotion.class,
                    "Promotion",
                    "p",
                    "artifactRef: {name: signed, digest: 'sha256:%s'}, target: {bucketRef: {name: releases}}"
                        .formatted(DIGEST)))
            .hasMessageContaining("takes no Promotions"));
  }

  @Test
  void approvalsAreStampedAndByOthers() {
    var digest = "sha256:" + DIGEST;
    create(
        Bucket.class,
        "Bucket",
        "prod",
        "provider: filesystem, filesystem: {size: 1Gi}, promotion: {from: [{bucket: releases}], requiredApprovals: 1, approvers: [{user: bob}, {user: ann}]}");
    artifact("ready", inline(key.bundle(DIGEST)));
    admin
        .resources(Artifact.class)
        .inNamespace(namespace)
        .withName("ready")
        .editStatus(found -> {
          found.setStatus(
              Yaml.read(
                  ArtifactStatus.class,
                  "{digest: '%s', scan: {verdict: Clean, validUntil: '2099-01-01T00:00:00Z'}}"
                      .formatted(digest)));
          return found;
        });
    for (var user : List.of("ann", "bob")) {
      grant(user, "promotions", "get", "create", "update", "patch");
    }
    var promotion =
        Yaml.read(
            Promotion.class,
            "{apiVersion: assay.dev/v1alpha1, kind: Promotion, metadata: {name: p, namespace: %s}, spec: {artifactRef: {name: ready, digest: '%s'}, target: {bucketRef: {name: prod}}, requester: {username: eve}}}"
                .formatted(namespace, digest));

    try (var ann = as("ann");
        var bob = as("bob")) {
      until(() ->
          assertThatThrownBy(() -> ann.resource(promotion).create())
              .hasMessageContaining("takes the right to promote in Bucket prod"));
      grant("ann", "buckets", "promote", "approve");
      until(() -> ann.resource(promotion).create());
      assertThat(requester()).isEqualTo("ann");
      assertThatThrownBy(() -> approve(ann, "ann")).hasMessageContaining("somebody else has to");
      assertThatThrownBy(() -> approve(ann, "bob"))
          .hasMessageContaining("each approves for themselves");
      assertThatThrownBy(() -> approve(bob, "bob"))
          .hasMessageContaining("takes the right to approve in Bucket prod");
      grant("bob", "buckets", "approve");
      until(() -> approve(bob, "bob"));
    }
    assertThat(found().getSpec().approvals())
        .singleElement()
        .satisfies(approval -> {
          assertThat(approval.user()).isEqualTo("bob");
          assertThat(approval.at()).isNotNull();
          assertThat(approval.groups()).contains("system:authenticated");
        });
    // The same manifest again takes nothing away of what was stamped.
    admin.resource(promotion).forceConflicts().serverSideApply();
    assertThat(requester()).isEqualTo("ann");
  }

  private String requester() {
    var requester = found().getSpec().requester();
    return requester == null ? "" : requester.username();
  }

  private Promotion found() {
    return admin.resources(Promotion.class).inNamespace(namespace).withName("p").get();
  }

  private void approve(KubernetesClient by, String user) {
    by.resources(Promotion.class)
        .inNamespace(namespace)
        .withName("p")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\":{\"approvals\":[{\"user\":\"%s\",\"decision\":\"Approve\"}]}}"
                .formatted(user));
  }

  private static Artifact labelled(Artifact found) {
    found.getMetadata().setLabels(Map.of("tier", "test"));
    return found;
  }

  private void loosen(KubernetesClient by) {
    by.resources(ScanPolicy.class)
        .inNamespace(namespace)
        .withName("signed")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"onUnscannable\":\"Allow\"}}");
  }

  private static String inline(String bundle) {
    return "digest: 'sha256:%s', verify: {bundle: {inline: '%s'}}".formatted(DIGEST, bundle);
  }

  private void artifact(String name, String more) {
    create(
        Artifact.class,
        "Artifact",
        name,
        "type: Other, version: 1.0.0, bucketRef: {name: releases}, source: {upload: {}}"
            + (more.isEmpty() ? "" : ", " + more));
  }

  private <T extends HasMetadata> void create(
      Class<T> type, String kind, String name, String spec) {
    admin
        .resource(
            Yaml.read(
                type,
                "{apiVersion: assay.dev/v1alpha1, kind: %s, metadata: {name: %s, namespace: %s}, spec: {%s}}"
                    .formatted(kind, name, namespace, spec)))
        .create();
  }

  private void grant(String user, String resource, String... verbs) {
    var name = user + "-" + resource;
    admin
        .resource(
            new RoleBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .addNewRule()
                .withApiGroups("assay.dev")
                .withResources(resource)
                .withVerbs(verbs)
                .endRule()
                .build())
        .create();
    admin
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", name)
                .addNewSubject("rbac.authorization.k8s.io", "User", user, null)
                .build())
        .create();
  }

  private KubernetesClient as(String user) {
    var config = KubeApiResource.config();
    config.setImpersonateUsername(user);
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private static void until(ThrowingRunnable assertion) {
    await().atMost(PATIENCE).ignoreExceptions().untilAsserted(assertion);
  }
}
