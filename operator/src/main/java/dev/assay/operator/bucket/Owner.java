package dev.assay.operator.bucket;

import dev.assay.api.Bucket;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;

/// Metadata of what a Bucket owns.
final class Owner {
  private Owner() {}

  /// Goes with the Bucket by Kubernetes' garbage collection.
  static ObjectMeta of(Bucket bucket, String name) {
    return new ObjectMetaBuilder(labelled(bucket, name))
        .withOwnerReferences(reference(bucket))
        .build();
  }

  /// Stays when the Bucket goes, unless it is deleted.
  static ObjectMeta labelled(Bucket bucket, String name) {
    return new ObjectMetaBuilder()
        .withName(name)
        .withNamespace(bucket.getMetadata().getNamespace())
        .withLabels(BucketNames.labels(bucket.getMetadata()))
        .build();
  }

  private static OwnerReference reference(Bucket bucket) {
    return new OwnerReferenceBuilder()
        .withApiVersion(bucket.getApiVersion())
        .withKind(bucket.getKind())
        .withName(bucket.getMetadata().getName())
        .withUid(bucket.getMetadata().getUid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .build();
  }
}
