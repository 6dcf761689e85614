package dev.assay.operator.scan;

import dev.assay.api.Toleration;
import dev.assay.api.Vocabulary.Labels;
import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.CapabilitiesBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What scan and database pods have in common: Pod Security `restricted`, with a read-only root.
final class PodParts {
  static final String TMP = "tmp";
  static final String CACHE = "cache";

  /// Value of the component label of pods that run the scan image.
  static final String COMPONENT = "scan";

  /// The group that the image's user is in: volumes that are not world-writable are given to it.
  private static final long GROUP = 65532;

  private PodParts() {}

  // No user: the image has a numeric one, and OpenShift assigns its own.
  static PodSecurityContext podSecurity() {
    return new PodSecurityContextBuilder()
        .withRunAsNonRoot(true)
        .withFsGroup(GROUP)
        .withFsGroupChangePolicy("OnRootMismatch")
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .build();
  }

  static SecurityContext containerSecurity() {
    return new SecurityContextBuilder()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withRunAsNonRoot(true)
        .withCapabilities(noCapabilities())
        .build();
  }

  private static Capabilities noCapabilities() {
    return new CapabilitiesBuilder().withDrop("ALL").build();
  }

  static Volume emptyDir(String name, long sizeLimitBytes) {
    return new VolumeBuilder()
        .withName(name)
        .withNewEmptyDir()
        .withSizeLimit(bytes(sizeLimitBytes))
        .endEmptyDir()
        .build();
  }

  static Volume secret(String name, String secretName) {
    return new VolumeBuilder()
        .withName(name)
        .withNewSecret()
        .withSecretName(secretName)
        .endSecret()
        .build();
  }

  static Volume cache(Cache cache, boolean readOnly) {
    return switch (cache) {
      case Cache.Fresh(var sizeLimitBytes) -> emptyDir(CACHE, sizeLimitBytes);
      case Cache.Shared(var claim, var managed) ->
          new VolumeBuilder()
              .withName(CACHE)
              .withNewPersistentVolumeClaim(claim, readOnly ? true : null)
              .build();
    };
  }

  static VolumeMount mount(String volume, String path, boolean readOnly) {
    return new VolumeMountBuilder()
        .withName(volume)
        .withMountPath(path)
        .withReadOnly(readOnly ? true : null)
        .build();
  }

  static VolumeMount mountPart(String volume, String part, String path, boolean readOnly) {
    return new VolumeMountBuilder(mount(volume, path, readOnly)).withSubPath(part).build();
  }

  /// Each container has a `/tmp` of its own: what one leaves there is nothing to the next.
  static VolumeMount tmp(String container) {
    return mountPart(TMP, container, "/tmp", false);
  }

  static ResourceRequirements resources(Map<String, String> requests, Map<String, String> limits) {
    return new ResourceRequirementsBuilder()
        .withRequests(quantities(requests))
        .withLimits(quantities(limits))
        .build();
  }

  static Quantity bytes(long bytes) {
    return new Quantity(Long.toString(bytes));
  }

  /// Variables with a text; an empty one is left out, and means the program's own choice.
  static List<EnvVar> environment(Map<String, String> values) {
    return values.entrySet().stream()
        .filter(e -> !e.getValue().isEmpty())
        .sorted(Map.Entry.comparingByKey())
        .map(e -> new EnvVarBuilder().withName(e.getKey()).withValue(e.getValue()).build())
        .toList();
  }

  static List<io.fabric8.kubernetes.api.model.Toleration> tolerations(List<Toleration> asked) {
    return asked.stream()
        .map(t ->
            new io.fabric8.kubernetes.api.model.Toleration(
                t.effect() == null ? null : t.effect().name(),
                t.key(),
                t.operator() == null ? null : t.operator().name(),
                t.tolerationSeconds(),
                t.value()))
        .toList();
  }

  static Map<String, String> labels(
      String ownerUid, String policy, Cache cache, Map<String, String> more) {
    var labels = new TreeMap<>(more);
    labels.put(Labels.MANAGED_BY, Labels.MANAGED_BY_ASSAY);
    labels.put(Labels.NAME, "assay-scan");
    labels.putIfAbsent(Labels.COMPONENT, COMPONENT);
    labels.put(Labels.OWNER_UID, ownerUid);
    labels.put(Labels.SCAN_POLICY, policy);
    if (cache instanceof Cache.Shared(var claim, var managed) && managed) {
      labels.put(Labels.CACHE, claim);
    }
    return labels;
  }

  private static Map<String, Quantity> quantities(Map<String, String> texts) {
    return texts.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, e -> new Quantity(e.getValue()), (a, b) -> b, TreeMap::new));
  }
}
