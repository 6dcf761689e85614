package dev.assay.operator.bucket;

import static dev.assay.operator.bucket.Cluster.CLIENT;
import static dev.assay.operator.bucket.Cluster.PLAIN;
import static dev.assay.operator.bucket.Cluster.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.Bucket;
import dev.assay.api.Condition.Status;
import dev.assay.api.Vocabulary.Labels;
import dev.assay.api.bucket.BucketStatus;
import dev.assay.operator.KubeApiResource;
import dev.assay.operator.control.FakeDataPlaneResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(KubeApiResource.class)
@WithTestResource(FakeDataPlaneResource.class)
class BucketReconcilerTest {
  private final Cluster cluster = new Cluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void aBucketGetsItsDataPlaneAndSaysWhenItServes() {
    cluster.create("releases", PLAIN + "access: {accessKeys: [{name: reader, role: Read}]}\n");

    eventually(() ->
        assertThat(cluster.objects("releases"))
            .extracting(o -> o.getKind() + " " + o.getMetadata().getName())
            .containsExactlyInAnyOrder(
                "Service releases",
                "Service releases-control",
                "ConfigMap releases-data-plane",
                "Secret releases-data-plane-keys",
                "Secret releases-reader",
                "PersistentVolumeClaim releases-data",
                "Deployment releases-data-plane",
                "NetworkPolicy releases-data-plane"));
    eventually(() -> {
      assertThat(cluster.condition("releases", "Ready").reason()).isEqualTo("Progressing");
      assertThat(cluster.condition("releases", "Reconciling").status()).isEqualTo(Status.True);
    });

    cluster.serverReady("releases", 1);

    eventually(() -> {
      var status = cluster.bucket("releases").getStatus();
      assertThat(status.phase()).isEqualTo(BucketStatus.Phase.Ready);
      assertThat(status.endpoints())
          .isEqualTo(
              new BucketStatus.Endpoints("http://releases." + cluster.namespace + ".svc", null));
      assertThat(cluster.condition("releases", "Ready").status()).isEqualTo(Status.True);
      assertThat(cluster.condition("releases", "EndpointReachable").status())
          .isEqualTo(Status.True);
      assertThat(cluster.condition("releases", "DataPlaneAvailable").status())
          .isEqualTo(Status.True);
    });
  }

  @Test
  void clientsGetTheirKeyInCosisFormAndItComesBackIdentical() {
    cluster.create(
        "keys",
        PLAIN + "access: {accessKeys: [{name: ci, role: ReadWrite, secretName: ci-key}]}\n");
    eventually(() -> secret("ci-key"));
    var first = secret("ci-key");

    assertThat(first.keySet())
        .containsExactlyInAnyOrder(
            "COSI_PROTOCOL",
            "COSI_S3_ENDPOINT",
            "COSI_S3_BUCKET_ID",
            "COSI_S3_REGION",
            "COSI_S3_ADDRESSING_STYLE",
            "COSI_S3_ACCESS_KEY_ID",
            "COSI_S3_ACCESS_SECRET_KEY");
    assertThat(secret("keys-data-plane-keys"))
        .containsEntry(first.get("COSI_S3_ACCESS_KEY_ID"), first.get("COSI_S3_ACCESS_SECRET_KEY"));

    CLIENT.secrets().inNamespace(cluster.namespace).withName("ci-key").delete();
    cluster.requestReconcile("keys");

    eventually(() -> assertThat(secret("ci-key")).isEqualTo(first));
  }

  @Test
  void aKeyThatIsNoLongerWantedIsRevoked() {
    cluster.create("revoke", PLAIN + "access: {accessKeys: [{name: ci, role: Read}]}\n");
    eventually(() -> secret("revoke-ci"));
    var id = String.valueOf(secret("revoke-ci").get("COSI_S3_ACCESS_KEY_ID"));

    CLIENT
        .resource(cluster.bucket("revoke"))
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"access\":null}}");

    eventually(() -> {
      assertThat(secret("revoke-data-plane-keys")).doesNotContainKey(id).hasSize(3);
      assertThat(CLIENT.secrets().inNamespace(cluster.namespace).withName("revoke-ci").get())
          .isNull();
    });
  }

  @Test
  void aForeignServiceOfTheNameIsLeftAlone() {
    var foreign =
        CLIENT
            .resource(
                new ServiceBuilder()
                    .withNewMetadata()
                    .withName("taken-control")
                    .withNamespace(cluster.namespace)
                    .endMetadata()
                    .withNewSpec()
                    .addNewPort()
                    .withPort(1)
                    .endPort()
                    .endSpec()
                    .build())
            .create();

    cluster.create("taken", PLAIN);

    eventually(() -> {
      var ready = cluster.condition("taken", "Ready");
      assertThat(ready.reason()).isEqualTo("NameConflict");
      assertThat(ready.message()).contains("Service " + cluster.namespace + "/taken-control");
      assertThat(cluster.condition("taken", "Stalled").status()).isEqualTo(Status.True);
    });
    assertThat(CLIENT.resource(foreign).get()).isEqualTo(foreign);
    assertThat(cluster.objects("taken")).noneMatch(o -> o.getKind().equals("Deployment"));
  }

  @Test
  void aForeignSecretOfTheNameIsNeitherReadNorWritten() {
    var foreign =
        CLIENT
            .resource(
                new SecretBuilder()
                    .withNewMetadata()
                    .withName("mine-data-plane-keys")
                    .withNamespace(cluster.namespace)
                    .endMetadata()
                    .addToStringData("password", "theirs")
                    .build())
            .create();

    cluster.create("mine", PLAIN);

    eventually(
        () -> assertThat(cluster.condition("mine", "Ready").reason()).isEqualTo("NameConflict"));
    assertThat(CLIENT.resource(foreign).get()).isEqualTo(foreign);
  }

  @Test
  void whatIsDeletedOrChangedByHandIsRepairedOrSaid() {
    cluster.ready("drift", PLAIN);

    CLIENT.services().inNamespace(cluster.namespace).withName("drift").delete();
    eventually(() ->
        assertThat(cluster.objects("drift"))
            .anyMatch(o -> o.getMetadata().getName().equals("drift")));

    var config = CLIENT.configMaps().inNamespace(cluster.namespace).withName("drift-data-plane");
    config.edit(c -> {
      c.getData().put("config.json", "{}");
      return c;
    });

    eventually(() -> {
      var ready = cluster.condition("drift", "Ready");
      assertThat(ready.reason()).isEqualTo("FieldConflict");
      assertThat(ready.message()).contains(".data.config.json");
    });
    config.delete();
    eventually(
        () -> assertThat(cluster.condition("drift", "Ready").status()).isEqualTo(Status.True));
  }

  @Test
  void whatThisBuildDoesNotActOnIsRefusedByPath() {
    cluster.create(
        "future", PLAIN + "versioning: Enabled\nretention: [{match: 'a/**', keepLast: 1}]\n");

    eventually(() -> {
      var stalled = cluster.condition("future", "Stalled");
      assertThat(stalled.reason()).isEqualTo("NotImplemented");
      assertThat(stalled.message()).contains("spec.versioning: Enabled", "spec.retention");
    });
    assertThat(cluster.objects("future")).isEmpty();
  }

  @Test
  void aLostServerIsAFailureAndItsReturnIsNot() {
    cluster.ready("lost", PLAIN);

    cluster.serverReady("lost", 0);
    eventually(() -> {
      assertThat(cluster.bucket("lost").getStatus().phase()).isEqualTo(BucketStatus.Phase.Degraded);
      assertThat(cluster.condition("lost", "Ready").status()).isEqualTo(Status.False);
    });

    cluster.serverReady("lost", 1);
    eventually(
        () -> assertThat(cluster.condition("lost", "Ready").status()).isEqualTo(Status.True));
  }

  @Test
  void atRestNothingIsWritten() {
    cluster.ready("rest", PLAIN + "access: {accessKeys: [{name: ci, role: Read}]}\n");
    var before = versions("rest");

    cluster.requestReconcile("rest");
    eventually(() ->
        assertThat(cluster.bucket("rest").getStatus().lastHandledReconcileAt()).isEqualTo("now"));

    assertThat(versions("rest")).isEqualTo(before);
  }

  @Test
  void retainLeavesTheVolumeAndTheNextBucketOfTheNameAdoptsIt() {
    var first = cluster.ready("kept", PLAIN);
    assertThat(cluster.claim("kept").getMetadata().getOwnerReferences()).isEmpty();

    CLIENT.resource(first).delete();
    eventually(() ->
        assertThat(
                CLIENT
                    .resources(Bucket.class)
                    .inNamespace(cluster.namespace)
                    .withName("kept")
                    .get())
            .isNull());
    var claim = cluster.claim("kept");
    // There is no garbage collector here.
    cluster.objects("kept").stream()
        .filter(o -> !o.getKind().equals("PersistentVolumeClaim"))
        .forEach(o -> CLIENT.resource(o).delete());
    var second = cluster.create("kept", PLAIN);

    eventually(() ->
        assertThat(cluster.claim("kept").getMetadata().getLabels())
            .containsEntry(Labels.OWNER_UID, second.getMetadata().getUid()));
    assertThat(cluster.claim("kept").getMetadata().getUid())
        .isEqualTo(claim.getMetadata().getUid());
  }

  @Test
  void deleteTakesTheVolume() {
    var bucket = cluster.ready("gone", PLAIN + "deletionPolicy: Delete\n");

    CLIENT.resource(bucket).delete();

    eventually(() ->
        assertThat(cluster.claim("gone").getMetadata().getDeletionTimestamp())
            .as("pvc-protection would hold it on a real node")
            .isNotNull());
  }

  private Map<String, String> secret(String name) {
    return CLIENT
        .secrets()
        .inNamespace(cluster.namespace)
        .withName(name)
        .require()
        .getData()
        .entrySet()
        .stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                e -> new String(Base64.getDecoder().decode(e.getValue()), StandardCharsets.UTF_8)));
  }

  private Map<String, String> versions(String bucket) {
    return cluster.objects(bucket).stream()
        .collect(
            Collectors.toMap(
                o -> o.getKind() + " " + o.getMetadata().getName(),
                (HasMetadata o) -> o.getMetadata().getResourceVersion()));
  }
}
