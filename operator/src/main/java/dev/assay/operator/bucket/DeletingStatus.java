package dev.assay.operator.bucket;

import dev.assay.api.Bucket;
import dev.assay.api.bucket.BucketStatus;
import dev.assay.operator.status.Conditions;
import dev.assay.operator.status.Draft;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The status of a Bucket that is to go and may not yet: what it was, and why. Pure.
final class DeletingStatus {
  private DeletingStatus() {}

  static BucketStatus of(Bucket bucket, List<Draft> drafts, Instant now) {
    var was = Optional.ofNullable(bucket.getStatus());
    var generation = bucket.getMetadata().getGeneration();
    return new BucketStatus(
        generation,
        BucketStatus.Phase.Deleting,
        was.map(BucketStatus::endpoints).orElse(null),
        was.map(BucketStatus::claimName).orElse(null),
        was.map(BucketStatus::dataPlane).orElse(null),
        was.map(BucketStatus::usage).orElse(null),
        was.map(BucketStatus::artifacts).orElse(null),
        was.map(BucketStatus::retentionPlan).orElse(null),
        was.map(BucketStatus::audit).orElse(List.of()),
        was.map(BucketStatus::lastHandledReconcileAt).orElse(null),
        Conditions.merge(
            was.map(BucketStatus::conditions).orElse(List.of()), drafts, generation, now));
  }
}
