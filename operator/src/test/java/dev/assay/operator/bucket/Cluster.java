package dev.assay.operator.bucket;

import dev.assay.api.Bucket;
import dev.assay.api.Condition;
import dev.assay.api.Vocabulary.Annotations;
import dev.assay.operator.KubeApiResource;
import dev.assay.operator.control.FakeDataPlane;
import dev.assay.operator.control.FakeDataPlaneResource;
import dev.assay.operator.control.FakeStore;
import dev.assay.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/// One namespace of the real API server, with a hand that does what kubelet and scheduler would.
final class Cluster implements AutoCloseable {
  /// Of the shared server.
  static final KubernetesClient CLIENT = KubeApiResource.client();

  final String namespace = "bucket-" + UUID.randomUUID().toString().substring(0, 8);
  final KubernetesClient client;
  private final FakeDataPlane plane;

  /// On the shared server.
  Cluster() {
    this(CLIENT, FakeDataPlaneResource.plane());
  }

  Cluster(KubernetesClient client, FakeDataPlane plane) {
    this.client = client;
    this.plane = plane;
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
  }

  /// @param yaml fields of the spec
  Bucket create(String name, String yaml) {
    return client
        .resource(client.getKubernetesSerialization().unmarshal(yaml(name, yaml), Bucket.class))
        .create();
  }

  private String yaml(String name, String spec) {
    return """
    apiVersion: assay.dev/v1alpha1
    kind: Bucket
    metadata: {name: %s, namespace: %s}
    spec:
    %s\
    """
        .formatted(name, namespace, spec.indent(2));
  }

  static final String PLAIN =
      """
      provider: filesystem
      filesystem: {size: 1Gi}
      """;

  Bucket bucket(String name) {
    return client.resources(Bucket.class).inNamespace(namespace).withName(name).require();
  }

  FakeStore store(String name) {
    return plane.store(bucket(name).getMetadata().getUid());
  }

  Deployment deployment(String bucket) {
    return client
        .apps()
        .deployments()
        .inNamespace(namespace)
        .withName(BucketNames.dataPlane(bucket))
        .require();
  }

  /// What a kubelet does when the server answers its probe.
  void serverReady(String bucket, int replicas) {
    // The store first: the operator asks it as soon as a server is ready.
    var store = store(bucket);
    var config =
        client
            .configMaps()
            .inNamespace(namespace)
            .withName(BucketNames.dataPlane(bucket))
            .require();
    store.setConfigurationDigest(Configuration.digest(config));
    client
        .resource(deployment(bucket))
        .editStatus(d -> {
          d.setStatus(
              new DeploymentStatusBuilder()
                  .withReplicas(1)
                  .withReadyReplicas(replicas)
                  .withAvailableReplicas(replicas)
                  .build());
          return d;
        });
  }

  /// A merge patch: an edit of what was read before could meet the operator's own write.
  void requestReconcile(String bucket) {
    client
        .resource(bucket(bucket))
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"annotations\":{\"%s\":\"now\"}}}"
                .formatted(Annotations.RECONCILE_REQUESTED_AT));
  }

  Bucket ready(String name, String spec) {
    create(name, spec);
    eventually(() -> deployment(name));
    serverReady(name, 1);
    eventually(
        () -> Assertions.assertThat(condition(name, "Ready").status().name()).isEqualTo("True"));
    return bucket(name);
  }

  Condition condition(String bucket, String type) {
    var status = bucket(bucket).getStatus();
    return Conditions.find(status.conditions(), type)
        .orElseThrow(() -> new AssertionError("no condition " + type + " in " + status));
  }

  /// Everything of the Bucket but itself.
  List<HasMetadata> objects(String bucket) {
    var all = Stream.<HasMetadata>builder();
    client.services().inNamespace(namespace).list().getItems().forEach(all::add);
    client.configMaps().inNamespace(namespace).list().getItems().forEach(all::add);
    client.secrets().inNamespace(namespace).list().getItems().forEach(all::add);
    client.persistentVolumeClaims().inNamespace(namespace).list().getItems().forEach(all::add);
    client.apps().deployments().inNamespace(namespace).list().getItems().forEach(all::add);
    client
        .network()
        .v1()
        .networkPolicies()
        .inNamespace(namespace)
        .list()
        .getItems()
        .forEach(all::add);
    return all.build().filter(o -> o.getMetadata().getName().startsWith(bucket)).toList();
  }

  PersistentVolumeClaim claim(String bucket) {
    return client
        .persistentVolumeClaims()
        .inNamespace(namespace)
        .withName(BucketNames.claim(bucket))
        .require();
  }

  static void eventually(ThrowingRunnable assertion) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .untilAsserted(assertion);
  }

  @Override
  public void close() {
    // Finalizers first, or the Buckets of this test stay for the tests after it.
    client
        .resources(Bucket.class)
        .inNamespace(namespace)
        .list()
        .getItems()
        .forEach(b -> {
          client.resource(b).delete();
        });
  }
}
