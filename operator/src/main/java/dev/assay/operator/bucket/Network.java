package dev.assay.operator.bucket;

import dev.assay.api.Bucket;
import dev.assay.api.Vocabulary.Labels;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;

/// Who reaches a data plane, and how.
final class Network {
  /// Namespaces whose pods may read metrics, as config/network-policy has it for the operator.
  private static final String METRICS_LABEL = "assay.dev/metrics";

  private static final String OPERATOR = "assay-operator";

  private Network() {}

  /// The S3 port.
  static Service s3(Bucket bucket) {
    var name = BucketNames.service(bucket.getMetadata().getName());
    return service(bucket, Owner.of(bucket, name), "s3", 80, Server.S3_PORT);
  }

  /// The control port, never behind what leads to the S3 port (decision 1).
  static Service control(Bucket bucket) {
    var name = BucketNames.controlService(bucket.getMetadata().getName());
    return service(
        bucket, Owner.of(bucket, name), "control", Server.CONTROL_PORT, Server.CONTROL_PORT);
  }

  private static Service service(
      Bucket bucket, ObjectMeta metadata, String port, int number, int target) {
    return new ServiceBuilder()
        .withMetadata(metadata)
        .withNewSpec()
        .withType("ClusterIP")
        .withSelector(BucketNames.selector(bucket.getMetadata()).getMatchLabels())
        .withPorts(
            new ServicePortBuilder()
                .withName(port)
                .withProtocol("TCP")
                .withAppProtocol("http")
                .withPort(number)
                .withTargetPort(new IntOrString(target))
                .build())
        .endSpec()
        .build();
  }

  /// The S3 port is open: each request is authenticated, and neither ingress controllers nor the
  /// clients of presigned URLs have anything in common that a policy could name. The control port
  /// is the operator's. Nothing goes out: a data plane on a volume calls nobody.
  static NetworkPolicy policy(Bucket bucket, String operatorNamespace) {
    return new NetworkPolicyBuilder()
        .withMetadata(Owner.of(bucket, BucketNames.dataPlane(bucket.getMetadata().getName())))
        .withNewSpec()
        .withPodSelector(BucketNames.selector(bucket.getMetadata()))
        .withPolicyTypes("Ingress", "Egress")
        .withIngress(
            new NetworkPolicyIngressRuleBuilder().withPorts(port(Server.S3_PORT)).build(),
            fromOperator(operatorNamespace),
            new NetworkPolicyIngressRuleBuilder()
                .withPorts(port(Server.HEALTH_PORT))
                .addNewFrom()
                .withNewNamespaceSelector()
                .addToMatchLabels(METRICS_LABEL, "true")
                .endNamespaceSelector()
                .endFrom()
                .build())
        .endSpec()
        .build();
  }

  private static NetworkPolicyIngressRule fromOperator(String namespace) {
    return new NetworkPolicyIngressRuleBuilder()
        .withPorts(port(Server.CONTROL_PORT))
        .addNewFrom()
        .withNewNamespaceSelector()
        .addToMatchLabels("kubernetes.io/metadata.name", namespace)
        .endNamespaceSelector()
        .withNewPodSelector()
        .addToMatchLabels(Labels.NAME, OPERATOR)
        .endPodSelector()
        .endFrom()
        .build();
  }

  private static NetworkPolicyPort port(int number) {
    return new NetworkPolicyPortBuilder()
        .withProtocol("TCP")
        .withPort(new IntOrString(number))
        .build();
  }
}
