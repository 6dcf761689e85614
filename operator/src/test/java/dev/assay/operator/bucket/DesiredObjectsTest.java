package dev.assay.operator.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.Vocabulary.Annotations;
import dev.assay.api.Vocabulary.Labels;
import dev.assay.wire.control.DataPlaneConfiguration.AccessKey;
import dev.assay.wire.control.DataPlaneConfiguration.Quota;
import dev.assay.wire.control.DataPlaneConfiguration.Role;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DesiredObjectsTest {
  static Stream<HasMetadata> all() {
    var bucket = Buckets.plain();
    return Stream.of(
        Configuration.of(bucket, List.of("key")),
        Claim.of(bucket, Optional.empty()),
        Server.of(bucket, "image"),
        Network.s3(bucket),
        Network.control(bucket),
        Network.policy(bucket, "assay-system"),
        AccessSecrets.mounted(bucket, Map.of(), List.of(), () -> "drawn"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyObjectSaysWhoseItIs(HasMetadata object) {
    var labels = object.getMetadata().getLabels();
    var owners = object.getMetadata().getOwnerReferences();

    assertThat(labels)
        .containsEntry(Labels.MANAGED_BY, "assay")
        .containsEntry(Labels.OWNER_UID, Buckets.UID)
        .containsEntry(Labels.BUCKET, "releases");
    if (object.getKind().equals("PersistentVolumeClaim")) {
      assertThat(owners).as("garbage collection must not take the bytes").isEmpty();
    } else {
      assertThat(owners).singleElement().satisfies(o -> assertThat(o.getController()).isTrue());
    }
  }

  @Test
  void theServerRunsAsPodSecurityRestrictedWantsIt() {
    var pod = Server.of(Buckets.plain(), "image:1").getSpec().getTemplate().getSpec();
    var container = pod.getContainers().getFirst();

    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getFsGroup()).isEqualTo(65532);
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(container.getImage()).isEqualTo("image:1");
    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(container.getEnv()).as("keys never travel in the environment").isEmpty();
    assertThat(container.getReadinessProbe().getHttpGet().getPort())
        .isEqualTo(new IntOrString("health"));
  }

  @Test
  void theServerIsOneAtATime() {
    var spec = Server.of(Buckets.plain(), "image").getSpec();

    assertThat(spec.getReplicas()).isEqualTo(1);
    assertThat(spec.getStrategy().getType()).isEqualTo("Recreate");
  }

  @Test
  void whereTheServerRunsIsTheBucketsChoice() {
    var bucket =
        Buckets.with(
            """
            dataPlane:
              resources: {limits: {memory: 1Gi}}
              nodeSelector: {disk: fast}
              tolerations: [{key: a, operator: Exists, effect: NoSchedule}]
            """);

    var pod = Server.of(bucket, "image").getSpec().getTemplate().getSpec();
    var resources = pod.getContainers().getFirst().getResources();

    assertThat(pod.getNodeSelector()).isEqualTo(Map.of("disk", "fast"));
    assertThat(pod.getTolerations())
        .singleElement()
        .satisfies(t -> assertThat(t.getEffect()).isEqualTo("NoSchedule"));
    assertThat(resources.getLimits()).isEqualTo(Map.of("memory", new Quantity("1Gi")));
    assertThat(resources.getRequests()).containsKeys("cpu", "memory");
  }

  @Test
  void theControlPortIsTheOperatorsAlone() {
    var policy = Network.policy(Buckets.plain(), "assay-system").getSpec();

    assertThat(policy.getPolicyTypes()).containsExactly("Ingress", "Egress");
    assertThat(policy.getEgress()).isEmpty();
    assertThat(policy.getIngress())
        .filteredOn(rule -> rule.getPorts().getFirst().getPort().equals(new IntOrString(8081)))
        .singleElement()
        .satisfies(rule -> {
          var from = rule.getFrom().getFirst();
          assertThat(from.getNamespaceSelector().getMatchLabels())
              .containsEntry("kubernetes.io/metadata.name", "assay-system");
          assertThat(from.getPodSelector().getMatchLabels())
              .containsEntry(Labels.NAME, "assay-operator");
        });
    assertThat(Network.s3(Buckets.plain()).getSpec().getPorts())
        .singleElement()
        .satisfies(port -> {
          assertThat(port.getPort()).isEqualTo(80);
          assertThat(port.getTargetPort()).isEqualTo(new IntOrString(8080));
        });
  }

  @Test
  void anEmptySpecIsTheStrictConfiguration() {
    var settings = Configuration.settings(Buckets.plain(), List.of("key"));

    assertThat(settings.bucket()).isEqualTo("releases");
    assertThat(settings.bucketUid()).isEqualTo(Buckets.UID);
    assertThat(settings.releaseImmediately()).isFalse();
    assertThat(settings.anonymousRead()).isFalse();
    assertThat(settings.quota()).isNull();
    assertThat(settings.maxObjectSizeBytes()).isEqualTo(50L << 40);
    assertThat(settings.abortIncompleteUploadAfter()).isEqualTo(Duration.ofHours(24));
    assertThat(settings.controlPublicKeys()).containsExactly("key");
    assertThat(settings.accessKeys())
        .containsExactly(
            new AccessKey("assay-presign-0a1b2c3d", Role.Presign),
            new AccessKey("assay-scanner-0a1b2c3d", Role.Scanner),
            new AccessKey("assay-publisher-0a1b2c3d", Role.Publisher));
  }

  @Test
  void whatTheSpecSaysReachesTheDataPlane() {
    var bucket =
        Buckets.with(
            """
            release: Immediately
            access: {anonymousRead: true, accessKeys: [{name: ci, role: ReadWrite}]}
            limits: {maxObjectSize: 1Ki, allowedMediaTypes: ['text/*'], quota: {maxObjects: 5}}
            immutability: ['releases/**']
            abortIncompleteUploadAfter: 90m
            """);

    var settings = Configuration.settings(bucket, List.of());

    assertThat(settings.releaseImmediately()).isTrue();
    assertThat(settings.anonymousRead()).isTrue();
    assertThat(settings.maxObjectSizeBytes()).isEqualTo(1024);
    assertThat(settings.allowedMediaTypes()).containsExactly("text/*");
    assertThat(settings.quota()).isEqualTo(new Quota(Long.MAX_VALUE, 5));
    assertThat(settings.immutableKeys()).containsExactly("releases/**");
    assertThat(settings.abortIncompleteUploadAfter()).isEqualTo(Duration.ofMinutes(90));
    assertThat(settings.accessKeys()).contains(new AccessKey("assay-0a1b2c3d-ci", Role.ReadWrite));
  }

  @Test
  void aVolumeNeverShrinksAndAForeignOneIsNoLeftover() {
    var bucket = Buckets.plain();
    var there = Claim.of(bucket, Optional.empty());
    there.getSpec().getResources().setRequests(Map.of("storage", new Quantity("1Ti")));

    assertThat(Claim.of(bucket, Optional.of(there)).getSpec().getResources().getRequests())
        .isEqualTo(Map.of("storage", new Quantity("1Ti")));
    assertThat(Claim.isLeftBehind(there, bucket)).as("it is ours").isFalse();
    var ofAnother =
        new PersistentVolumeClaimBuilder(there)
            .editMetadata()
            .addToAnnotations(Annotations.BUCKET_UID, "another")
            .endMetadata()
            .build();
    assertThat(Claim.isLeftBehind(ofAnother, bucket)).isTrue();
    var unmarked =
        new PersistentVolumeClaimBuilder(there)
            .editMetadata()
            .removeFromAnnotations(Annotations.BUCKET_UID)
            .endMetadata()
            .build();
    assertThat(Claim.isLeftBehind(unmarked, bucket)).isFalse();
  }

  @Test
  void keysThatAreThereStayAndOthersGo() {
    var bucket = Buckets.with("access: {accessKeys: [{name: ci, role: Read}]}");
    var there = Map.of("assay-presign-0a1b2c3d", "b2xk", "assay-0a1b2c3d-gone", "b2xk");

    var mounted = AccessSecrets.mounted(bucket, there, List.of("b", "a", "b"), () -> "new");

    assertThat(mounted.getData())
        .containsOnlyKeys(
            "assay-presign-0a1b2c3d",
            "assay-scanner-0a1b2c3d",
            "assay-publisher-0a1b2c3d",
            "assay-0a1b2c3d-ci")
        .containsEntry("assay-presign-0a1b2c3d", "b2xk")
        .containsEntry("assay-0a1b2c3d-ci", "bmV3");
    assertThat(AccessSecrets.written(mounted)).containsExactly("a", "b");
    assertThat(AccessSecrets.forClients(bucket, mounted))
        .singleElement()
        .satisfies(s -> {
          assertThat(s.getMetadata().getName()).isEqualTo("releases-ci");
          assertThat(s.getData())
              .containsEntry("COSI_S3_ACCESS_SECRET_KEY", "bmV3")
              .containsEntry("COSI_PROTOCOL", "UzM=");
        });
  }

  @Test
  void namesStayWithinTheirKindsLimits() {
    var longest = "b".repeat(52);

    assertThat(BucketNames.controlService(longest).length()).isLessThanOrEqualTo(63);
    assertThat(BucketNames.internalEndpoint("releases", "team"))
        .isEqualTo("http://releases.team.svc");
  }
}
