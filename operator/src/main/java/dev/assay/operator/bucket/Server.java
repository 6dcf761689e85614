package dev.assay.operator.bucket;

import dev.assay.api.Bucket;
import dev.assay.api.Resources;
import dev.assay.api.bucket.DataPlane;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The Deployment of a data plane. It mounts no service-account token: a data plane holds no
/// Kubernetes credentials.
final class Server {
  /// The user of the image.
  private static final long USER = 65_532;

  static final int S3_PORT = 8080;
  static final int CONTROL_PORT = 8081;
  static final int HEALTH_PORT = 8082;

  // A start may rebuild a lost index from every blob's trailer: ten minutes before it counts as
  // hung.
  private static final int START_PROBES = 300;
  private static final int START_PROBE_SECONDS = 2;

  /// The heap and direct memory of the image are fixed at 144 MiB; the rest is page cache.
  private static final Resources DEFAULT =
      new Resources(Map.of("cpu", "50m", "memory", "160Mi"), Map.of("memory", "512Mi"));

  private Server() {}

  static Deployment of(Bucket bucket, String image) {
    var metadata = bucket.getMetadata();
    return new DeploymentBuilder()
        .withMetadata(Owner.of(bucket, BucketNames.dataPlane(metadata.getName())))
        .withNewSpec()
        .withReplicas(1) // one process at a time holds the lock on a volume (decision 12)
        .withRevisionHistoryLimit(2)
        .withNewStrategy()
        .withType("Recreate")
        .endStrategy()
        .withSelector(BucketNames.selector(metadata))
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(BucketNames.labels(metadata))
        .endMetadata()
        .withSpec(pod(bucket, image))
        .endTemplate()
        .endSpec()
        .build();
  }

  private static PodSpec pod(Bucket bucket, String image) {
    var name = bucket.getMetadata().getName();
    var plane = bucket.getSpec().dataPlane();
    var pod =
        new PodSpecBuilder()
            .withAutomountServiceAccountToken(false)
            .withEnableServiceLinks(false)
            .withTerminationGracePeriodSeconds(30L)
            .withNewSecurityContext()
            .withRunAsNonRoot(true)
            .withRunAsUser(USER)
            .withRunAsGroup(USER)
            .withFsGroup(USER)
            .withFsGroupChangePolicy("OnRootMismatch")
            .withNewSeccompProfile()
            .withType("RuntimeDefault")
            .endSeccompProfile()
            .endSecurityContext()
            .withContainers(container(image, plane));
    Volumes.add(pod, name);
    if (plane != null) {
      pod.withNodeSelector(plane.nodeSelector().isEmpty() ? null : plane.nodeSelector());
      pod.withTolerations(plane.tolerations().stream().map(Volumes::toleration).toList());
    }
    return pod.build();
  }

  private static Container container(String image, @Nullable DataPlane plane) {
    return new ContainerBuilder()
        .withName("data-plane")
        .withImage(image)
        .withImagePullPolicy("IfNotPresent")
        .withArgs(
            "--config",
            Volumes.CONFIG + "/" + Configuration.FILE,
            "--keys",
            Volumes.KEYS,
            "--root",
            Volumes.DATA,
            "--bind",
            "0.0.0.0")
        .withPorts(port("s3", S3_PORT), port("control", CONTROL_PORT), port("health", HEALTH_PORT))
        .withStartupProbe(probe("/health/live", START_PROBE_SECONDS, START_PROBES))
        .withLivenessProbe(probe("/health/live", 10, 6))
        .withReadinessProbe(probe("/health/ready", 5, 2))
        .withResources(resources(plane))
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .withVolumeMounts(
            new VolumeMountBuilder()
                .withName("config")
                .withMountPath(Volumes.CONFIG)
                .withReadOnly(true)
                .build(),
            new VolumeMountBuilder()
                .withName("keys")
                .withMountPath(Volumes.KEYS)
                .withReadOnly(true)
                .build(),
            new VolumeMountBuilder().withName("data").withMountPath(Volumes.DATA).build(),
            new VolumeMountBuilder().withName("tmp").withMountPath("/tmp").build())
        .build();
  }

  private static ContainerPort port(String name, int number) {
    return new ContainerPortBuilder()
        .withName(name)
        .withContainerPort(number)
        .withProtocol("TCP")
        .build();
  }

  private static Probe probe(String path, int periodSeconds, int failures) {
    return new ProbeBuilder()
        .withNewHttpGet()
        .withPath(path)
        .withNewPort("health")
        .endHttpGet()
        .withPeriodSeconds(periodSeconds)
        .withTimeoutSeconds(5)
        .withFailureThreshold(failures)
        .build();
  }

  /// What the Bucket says replaces the default as a whole, requests and limits each.
  private static ResourceRequirements resources(@Nullable DataPlane plane) {
    var said = plane == null ? null : plane.resources();
    var requests = said == null || said.requests().isEmpty() ? DEFAULT.requests() : said.requests();
    var limits = said == null || said.limits().isEmpty() ? DEFAULT.limits() : said.limits();
    return new ResourceRequirementsBuilder()
        .withRequests(quantities(requests))
        .withLimits(quantities(limits))
        .build();
  }

  private static Map<String, Quantity> quantities(Map<String, String> texts) {
    return texts.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> new Quantity(e.getValue())));
  }
}
