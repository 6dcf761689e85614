package dev.assay.operator.artifact;

import dev.assay.api.Artifact;
import dev.assay.api.Bucket;
import dev.assay.api.Condition;
import dev.assay.api.ScanPolicy;
import dev.assay.api.artifact.ArtifactStatus;
import dev.assay.api.bucket.BucketStatus;
import dev.assay.api.bucket.BucketStatusBuilder;
import dev.assay.operator.bucket.BucketNames;
import dev.assay.operator.control.FakeStore;
import dev.assay.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/// One namespace of the real API server with a Bucket that serves and a ScanPolicy. The test does
/// what the Bucket's reconciler and the kubelet would.
final class Site implements AutoCloseable {
  static final String BUCKET = "releases";
  static final String POLICY = "standard";

  final KubernetesClient client;
  final String namespace = "artifact-" + UUID.randomUUID().toString().substring(0, 8);
  private final ArtifactOperator operator;

  Site(ArtifactOperator operator) {
    this.operator = operator;
    this.client = operator.client();
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
  }

  /// A Bucket that is ready, and a policy whose Jobs bring their own database.
  Site ready() {
    bindTenant();
    policy("job: {cache: {emptyDir: {}}, retries: 1}\n");
    bucket("defaultScanPolicyRef: {name: standard}\n");
    return this;
  }

  /// What a namespace's owner does to let the operator write Secrets.
  void bindTenant() {
    client
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("assay")
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "assay-tenant")
                .addNewSubject(null, "ServiceAccount", "assay-operator", "assay-system")
                .build())
        .create();
  }

  /// What takes that right away.
  void unbindTenant() {
    client.rbac().roleBindings().inNamespace(namespace).withName("assay").delete();
  }

  /// @param more fields of the spec
  Bucket bucket(String more) {
    var bucket =
        create(
            Bucket.class,
            "Bucket",
            BUCKET,
            "provider: filesystem\nfilesystem: {size: 1Gi}\n" + more);
    var uid = bucket.getMetadata().getUid();
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(BucketNames.keysSecret(BUCKET))
                .endMetadata()
                .withStringData(
                    Map.of(
                        BucketNames.presignKeyId(uid), "presign-secret",
                        BucketNames.scannerKeyId(uid), "scanner-secret",
                        BucketNames.publisherKeyId(uid), "publisher-secret"))
                .build())
        .create();
    operator.plane().store(uid);
    var ready = bucketReady(true);
    operator.follow(ready);
    return ready;
  }

  Bucket bucketReady(boolean ready) {
    return editStatus(
        Bucket.class,
        BUCKET,
        bucket ->
            bucket.setStatus(
                new BucketStatusBuilder()
                    .observedGeneration(bucket.getMetadata().getGeneration())
                    .endpoints(
                        new BucketStatus.Endpoints(
                            BucketNames.internalEndpoint(BUCKET, namespace), null))
                    .conditions(List.of(condition("Ready", ready)))
                    .build()));
  }

  private static Condition condition(String type, boolean holds) {
    return new Condition(
        type,
        holds ? Condition.Status.True : Condition.Status.False,
        1L,
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        holds ? "Succeeded" : "Progressing",
        "the test says so");
  }

  ScanPolicy policy(String spec) {
    return create(ScanPolicy.class, "ScanPolicy", POLICY, spec);
  }

  /// @param spec beside type, version and bucketRef
  Artifact artifact(String name, String spec) {
    return create(
        Artifact.class,
        "Artifact",
        name,
        "type: Binary\nversion: 1.0.0\nbucketRef: {name: releases}\n" + spec);
  }

  <R extends CustomResource<?, ?>> R create(Class<R> type, String kind, String name, String spec) {
    var yaml =
        """
        apiVersion: assay.dev/v1alpha1
        kind: %s
        metadata: {name: %s, namespace: %s}
        spec:
        %s\
        """
            .formatted(kind, name, namespace, spec.indent(2));
    return client.resource(client.getKubernetesSerialization().unmarshal(yaml, type)).create();
  }

  <R extends CustomResource<?, ?>> R editStatus(Class<R> type, String name, Consumer<R> change) {
    var object = client.resources(type).inNamespace(namespace).withName(name).require();
    change.accept(object);
    return client.resource(object).updateStatus();
  }

  Artifact get(String name) {
    return client.resources(Artifact.class).inNamespace(namespace).withName(name).require();
  }

  ArtifactStatus status(String name) {
    return Subjects.status(get(name));
  }

  Condition condition(String artifact, String type) {
    return Conditions.find(status(artifact).conditions(), type)
        .orElseThrow(() -> new AssertionError("no " + type + " in " + status(artifact)));
  }

  FakeStore store() {
    var bucket = client.resources(Bucket.class).inNamespace(namespace).withName(BUCKET).require();
    return operator.plane().store(bucket.getMetadata().getUid());
  }

  Secret secret(String name) {
    return client.secrets().inNamespace(namespace).withName(name).require();
  }

  boolean hasSecret(String name) {
    return client.secrets().inNamespace(namespace).withName(name).get() != null;
  }

  /// The Secret's values, decoded.
  Map<String, String> values(String secret) {
    return secret(secret).getData().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                e ->
                    new String(
                        java.util.Base64.getDecoder().decode(e.getValue()),
                        java.nio.charset.StandardCharsets.UTF_8)));
  }

  List<Job> jobs() {
    return client.batch().v1().jobs().inNamespace(namespace).list().getItems();
  }

  /// Until the upload Secret is there and status says so.
  void awaitWindow(String artifact) {
    eventually(() -> {
      if (!condition(artifact, "Ready").reason().equals("AwaitingUpload")) {
        throw new AssertionError(condition(artifact, "Ready").toString());
      }
    });
  }

  /// Uploads as a client does.
  void upload(String artifact, String sha256) {
    awaitWindow(artifact);
    store().upload(get(artifact).getMetadata().getUid(), 100, sha256);
  }

  /// The artifact's Job, once there is one.
  Job awaitJob(String artifact) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> runningJob(artifact), Optional::isPresent)
        .orElseThrow();
  }

  Optional<Job> runningJob(String artifact) {
    var scan = status(artifact).scan();
    return scan == null || scan.jobName() == null
        ? Optional.empty()
        : Optional.ofNullable(
            client.batch().v1().jobs().inNamespace(namespace).withName(scan.jobName()).get());
  }

  static void eventually(ThrowingRunnable assertion) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .untilAsserted(assertion);
  }

  @Override
  public void close() {
    // Without the operator's help: a later test must not find them.
    client.resources(Artifact.class).inNamespace(namespace).delete();
  }
}
