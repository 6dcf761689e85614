package dev.assay.operator.owned;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;

/// fabric8's model objects are mutable; what is applied is never the caller's own.
final class Clones {
  private Clones() {}

  static <T extends HasMetadata> T of(T object, KubernetesClient client) {
    return client.getKubernetesSerialization().clone(object);
  }
}
