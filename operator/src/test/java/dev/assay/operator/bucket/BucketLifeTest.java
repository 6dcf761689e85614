package dev.assay.operator.bucket;

import static dev.assay.operator.bucket.Cluster.PLAIN;
import static dev.assay.operator.bucket.Cluster.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.Artifact;
import dev.assay.api.Bucket;
import dev.assay.api.Condition.Status;
import dev.assay.operator.KubeApiResource;
import dev.assay.operator.control.FakeDataPlane;
import dev.assay.operator.control.FakeDataPlaneResource;
import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What happens to Buckets when operators come and go, with the rights of config/rbac and no
/// others.
class BucketLifeTest {
  /// As long as a control plane's upgrade takes, and longer than a watch's first retries.
  private static final Duration AWAY = Duration.ofSeconds(30);

  private static final Path RBAC = Path.of("..", "config", "rbac");

  private static final KubeAPIServer SERVER = KubeApiResource.fresh();
  private static final Config CONFIG = Config.fromKubeconfig(SERVER.getKubeConfigYaml());
  private static final KubernetesClient CLIENT =
      new KubernetesClientBuilder().withConfig(CONFIG).build();
  private static final FakeDataPlane PLANE =
      new FakeDataPlane(() -> FakeDataPlaneResource.publicKeys(CLIENT));

  @BeforeAll
  static void installRights() throws IOException {
    try (var files = Files.list(RBAC)) {
      for (var file : files.filter(f -> !f.endsWith("kustomization.yaml")).sorted().toList()) {
        try (var in = Files.newInputStream(file)) {
          CLIENT.load(in).serverSideApply();
        }
      }
    }
  }

  @AfterAll
  static void close() {
    PLANE.close();
    CLIENT.close();
    SERVER.stop();
  }

  @Test
  void withoutRightsOnSecretsTheBucketSaysWhichCommandGivesThem() {
    var cluster = new Cluster(CLIENT, PLANE);
    try (var operator = start()) {
      cluster.create("denied", PLAIN);

      eventually(() -> {
        var ready = cluster.condition("denied", "Ready");
        assertThat(ready.reason()).isEqualTo("AccessDenied");
        assertThat(ready.message())
            .contains("kubectl create rolebinding assay --namespace " + cluster.namespace);
      });
      bind(cluster);
      cluster.requestReconcile("denied");

      eventually(() -> assertThat(cluster.deployment("denied")).isNotNull());
      assertThat(operator).isNotNull();
    }
  }

  @Test
  void anOperatorThatStopsInTheMiddleIsTakenUpByTheNext() {
    var cluster = tenant();
    try (var first = start()) {
      assertThat(first).isNotNull();
      cluster.create("middle", PLAIN);
      eventually(() -> assertThat(cluster.objects("middle")).isNotEmpty());
    }
    try (var second = start()) {
      assertThat(second).isNotNull();
      eventually(() -> assertThat(cluster.deployment("middle")).isNotNull());
    }
    cluster.serverReady("middle", 1);
    var keys = keys(cluster, "middle");
    try (var third = start()) {
      assertThat(third).isNotNull();
      eventually(
          () -> assertThat(cluster.condition("middle", "Ready").status()).isEqualTo(Status.True));
    }
    assertThat(keys(cluster, "middle")).as("keys are drawn once").isEqualTo(keys);
    CLIENT.resource(cluster.bucket("middle")).delete();
    try (var fourth = start()) {
      assertThat(fourth).isNotNull();
      eventually(() -> assertThat(find(cluster, "middle")).isFalse());
    }
  }

  @Test
  void anApiServerThatIsAwayForHalfAMinuteIsNoHarm() throws IOException {
    var cluster = tenant();
    try (var wire = new CutWire(URI.create(CONFIG.getMasterUrl()));
        var operator = OperatorUnderTest.start(through(wire), PLANE.endpoint())) {
      assertThat(operator).isNotNull();
      cluster.ready("away", PLAIN);

      wire.cut();
      cluster.create("meanwhile", PLAIN);
      cluster.serverReady("away", 0);
      Awaitility.await().atMost(AWAY.multipliedBy(2)).pollDelay(AWAY).until(() -> true);
      assertThat(cluster.condition("away", "Ready").status()).isEqualTo(Status.True);
      wire.mend();

      Awaitility.await()
          .atMost(Duration.ofSeconds(90))
          .ignoreExceptions()
          .untilAsserted(() -> {
            assertThat(cluster.deployment("meanwhile")).isNotNull();
            assertThat(cluster.condition("away", "Ready").status()).isEqualTo(Status.False);
          });
    }
  }

  @Test
  void oneOfTwoActsAndTheOtherTakesOver() {
    var cluster = tenant();
    var one = OperatorUnderTest.candidate(CONFIG, PLANE.endpoint(), "one");
    eventually(() -> assertThat(leader()).isEqualTo("one"));
    try (var two = OperatorUnderTest.candidate(CONFIG, PLANE.endpoint(), "two")) {
      assertThat(two).isNotNull();
      cluster.create("first", PLAIN);
      eventually(() -> assertThat(cluster.deployment("first")).isNotNull());
      assertThat(leader()).isEqualTo("one");

      one.close();
      cluster.create("second", PLAIN);

      eventually(() -> assertThat(leader()).isEqualTo("two"));
      eventually(() -> assertThat(cluster.deployment("second")).isNotNull());
    }
  }

  @Test
  void artifactsKeepABucketFromGoingAndAreNamed() {
    var cluster = tenant();
    try (var operator = start()) {
      assertThat(operator).isNotNull();
      cluster.create("full", PLAIN);
      eventually(() -> assertThat(cluster.deployment("full")).isNotNull());
      var artifact = artifact(cluster, "agent", "full");

      CLIENT.resource(cluster.bucket("full")).delete();

      eventually(() -> {
        var blocked = cluster.condition("full", "DeletionBlocked");
        assertThat(blocked.reason()).isEqualTo("ArtifactsRemain");
        assertThat(blocked.message()).contains("Artifact agent is still in this Bucket");
      });
      CLIENT.resource(artifact).delete();
      eventually(() -> assertThat(find(cluster, "full")).isFalse());
    }
  }

  @Test
  void aNamespaceThatGoesIsNotHeldBack() {
    var cluster = tenant();
    try (var operator = start()) {
      assertThat(operator).isNotNull();
      cluster.create("swept", PLAIN);
      eventually(() -> assertThat(cluster.deployment("swept")).isNotNull());
      artifact(cluster, "stays", "swept");

      CLIENT.namespaces().withName(cluster.namespace).delete();
      // There is no namespace controller here: it deletes what is in it.
      CLIENT.resource(cluster.bucket("swept")).delete();

      eventually(() -> assertThat(find(cluster, "swept")).isFalse());
    }
  }

  @Test
  void theObjectsOfAnEarlierBucketAreWaitedFor() {
    var cluster = tenant();
    try (var operator = start()) {
      assertThat(operator).isNotNull();
      cluster.create("again", PLAIN);
      eventually(() -> assertThat(cluster.deployment("again")).isNotNull());
      CLIENT.resource(cluster.bucket("again")).delete();
      eventually(() -> assertThat(find(cluster, "again")).isFalse());
      var before = cluster.objects("again");

      cluster.create("again", PLAIN);

      eventually(() ->
          assertThat(cluster.condition("again", "Ready").message())
              .contains("an earlier Bucket of this name"));
      // There is no garbage collector here.
      before.stream()
          .filter(o -> !o.getKind().equals("PersistentVolumeClaim"))
          .forEach(o -> CLIENT.resource(o).delete());
      eventually(() ->
          assertThat(
                  cluster
                      .deployment("again")
                      .getMetadata()
                      .getOwnerReferences()
                      .getFirst()
                      .getUid())
              .isEqualTo(cluster.bucket("again").getMetadata().getUid()));
    }
  }

  private static OperatorUnderTest start() {
    return OperatorUnderTest.start(CONFIG, PLANE.endpoint());
  }

  private static Config through(CutWire wire) {
    return new ConfigBuilder(CONFIG).withMasterUrl(wire.url()).build();
  }

  /// A namespace where the operator has its rights on Secrets.
  private static Cluster tenant() {
    var cluster = new Cluster(CLIENT, PLANE);
    bind(cluster);
    return cluster;
  }

  private static void bind(Cluster cluster) {
    RoleBinding binding =
        new RoleBindingBuilder()
            .withNewMetadata()
            .withName("assay")
            .withNamespace(cluster.namespace)
            .endMetadata()
            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "assay-tenant")
            .addNewSubject(
                "", "ServiceAccount", "assay-operator", KubeApiResource.OPERATOR_NAMESPACE)
            .build();
    CLIENT.resource(binding).create();
  }

  private static boolean find(Cluster cluster, String bucket) {
    return CLIENT.resources(Bucket.class).inNamespace(cluster.namespace).withName(bucket).get()
        != null;
  }

  private static Set<String> keys(Cluster cluster, String bucket) {
    return CLIENT
        .secrets()
        .inNamespace(cluster.namespace)
        .withName(BucketNames.keysSecret(bucket))
        .require()
        .getData()
        .values()
        .stream()
        .collect(Collectors.toSet());
  }

  private static String leader() {
    var lease =
        CLIENT
            .leases()
            .inNamespace(KubeApiResource.OPERATOR_NAMESPACE)
            .withName("assay-operator")
            .require();
    return Objects.requireNonNullElse(lease.getSpec().getHolderIdentity(), "");
  }

  private static Artifact artifact(Cluster cluster, String name, String bucket) {
    var yaml =
        """
        apiVersion: assay.dev/v1alpha1
        kind: Artifact
        metadata: {name: %s, namespace: %s}
        spec:
          type: Binary
          version: 1.0.0
          bucketRef: {name: %s}
          source: {upload: {maxSize: 1Mi}}
        """
            .formatted(name, cluster.namespace, bucket);
    return CLIENT
        .resource(CLIENT.getKubernetesSerialization().unmarshal(yaml, Artifact.class))
        .create();
  }
}
