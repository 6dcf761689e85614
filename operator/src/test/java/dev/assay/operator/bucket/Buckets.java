package dev.assay.operator.bucket;

import dev.assay.api.Bucket;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/// Buckets for tables: namespace `team`, name `releases`.
final class Buckets {
  static final String UID = "0a1b2c3d-0000-4000-8000-000000000000";

  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  private Buckets() {}

  /// @param more fields of the spec beside provider and volume
  static Bucket with(String more) {
    var text =
        """
        apiVersion: assay.dev/v1alpha1
        kind: Bucket
        metadata: {name: releases, namespace: team, uid: %s, generation: 3}
        spec:
          provider: filesystem
          filesystem: {size: 20Gi, storageClassName: fast}
        """
                .formatted(UID)
            + more.indent(2);
    return YAML.unmarshal(text, Bucket.class);
  }

  static Bucket plain() {
    return with("");
  }
}
