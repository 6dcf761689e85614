package dev.assay.operator.bucket;

import dev.assay.api.Toleration;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.TolerationBuilder;

/// Where a data plane's pod has its files, and where it may run.
final class Volumes {
  static final String CONFIG = "/etc/assay/config";
  static final String KEYS = "/etc/assay/keys";
  static final String DATA = "/data";

  /// Octal 0440: for the pod's group alone.
  private static final int GROUP_READABLE = 0440;

  private Volumes() {}

  static void add(PodSpecBuilder pod, String bucket) {
    pod.addNewVolume()
        .withName("config")
        .withNewConfigMap()
        .withName(BucketNames.dataPlane(bucket))
        .endConfigMap()
        .endVolume()
        .addNewVolume()
        .withName("keys")
        .withNewSecret()
        .withSecretName(BucketNames.keysSecret(bucket))
        .withDefaultMode(GROUP_READABLE)
        .endSecret()
        .endVolume()
        .addNewVolume()
        .withName("data")
        .withNewPersistentVolumeClaim()
        .withClaimName(BucketNames.claim(bucket))
        .endPersistentVolumeClaim()
        .endVolume()
        .addNewVolume()
        .withName("tmp")
        .withNewEmptyDir()
        .withSizeLimit(new Quantity("64Mi"))
        .endEmptyDir()
        .endVolume();
  }

  static io.fabric8.kubernetes.api.model.Toleration toleration(Toleration said) {
    var operator = said.operator();
    var effect = said.effect();
    return new TolerationBuilder()
        .withKey(said.key())
        .withOperator(operator == null ? null : operator.name())
        .withValue(said.value())
        .withEffect(effect == null ? null : effect.name())
        .withTolerationSeconds(said.tolerationSeconds())
        .build();
  }
}
