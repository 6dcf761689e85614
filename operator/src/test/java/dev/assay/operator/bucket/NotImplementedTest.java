package dev.assay.operator.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.Bucket;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NotImplementedTest {
  record Case(String name, String spec, List<String> paths) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("a plain Bucket is built", "", List.of()),
        new Case("Reuse is built", "duplicates: Reuse", List.of()),
        built(
            "everything that is acted on is built",
            """
            dataPlane:
              replicas: 1
              resources: {limits: {memory: 1Gi}}
              nodeSelector: {disk: fast}
              tolerations: [{key: a, operator: Exists}]
            access: {anonymousRead: true, accessKeys: [{name: ci, role: Read}]}
            limits: {maxObjectSize: 1Gi, allowedMediaTypes: ['application/*'], quota: {maxSize: 1Gi}}
            duplicates: Reject
            versioning: Disabled
            immutability: ['releases/**']
            abortIncompleteUploadAfter: 1h
            defaultScanPolicyRef: {name: default}
            allowedScanPolicies: [strict]
            registration: Manual
            release: Immediately
            provisioning: Managed
            deletionPolicy: Delete
            interval: 1h
            timeout: 10s
            """),
        new Case(
            "Autoscaling",
            "dataPlane: {autoscaling: {maxReplicas: 2}}",
            List.of("spec.dataPlane.autoscaling")),
        new Case("replicas", "dataPlane: {replicas: 2}", List.of("spec.dataPlane.replicas")),
        new Case("TLS", "dataPlane: {tls: {secretName: a}}", List.of("spec.dataPlane.tls")),
        new Case(
            "an Ingress", "dataPlane: {ingress: {host: a.b}}", List.of("spec.dataPlane.ingress")),
        new Case("a Route", "dataPlane: {route: {host: a.b}}", List.of("spec.dataPlane.route")),
        new Case(
            "statements",
            "access: {policy: [{effect: Deny, principals: ['*'], actions: ['s3:*']}]}",
            List.of("spec.access.policy")),
        new Case("versioning", "versioning: Enabled", List.of("spec.versioning: Enabled")),
        new Case("retention", "retention: [{match: 'a', keepLast: 1}]", List.of("spec.retention")),
        new Case(
            "registration", "registration: Automatic", List.of("spec.registration: Automatic")),
        new Case("promotion rules", "promotion: {from: [{bucket: a}]}", List.of("spec.promotion")),
        new Case(
            "a given volume", "provisioning: Existing", List.of("spec.provisioning: Existing")),
        new Case(
            "two at once",
            "versioning: Enabled\nprovisioning: Existing",
            List.of("spec.versioning: Enabled", "spec.provisioning: Existing")));
  }

  private static Case built(String name, String spec) {
    return new Case(name, spec, List.of());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void namesWhatIsAskedForAndNotBuilt(Case c) {
    assertThat(NotImplemented.in(Buckets.with(c.spec()).getSpec())).isEqualTo(c.paths());
  }

  @Test
  void anotherProviderIsNotBuilt() {
    var other =
        new KubernetesSerialization()
            .unmarshal(
                """
                apiVersion: assay.dev/v1alpha1
                kind: Bucket
                spec: {provider: s3, s3: {endpoint: s3.example.org, bucketName: abc}}
                """,
                Bucket.class);

    assertThat(NotImplemented.in(other.getSpec())).containsExactly("spec.provider: s3");
  }
}
