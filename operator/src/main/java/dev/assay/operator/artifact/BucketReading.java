package dev.assay.operator.artifact;

import dev.assay.api.Bucket;
import dev.assay.api.Condition;
import dev.assay.api.Vocabulary.ConditionTypes;
import dev.assay.api.bucket.BucketSpec;
import dev.assay.api.bucket.BucketStatus;
import dev.assay.api.bucket.Limits;
import dev.assay.operator.ByteSize;
import dev.assay.operator.artifact.decision.BucketSight;
import dev.assay.operator.status.Conditions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// From a Bucket to what an Artifact depends on.
final class BucketReading {
  private BucketReading() {}

  static BucketSight sight(String name, @Nullable Bucket bucket) {
    if (bucket == null) {
      return new BucketSight.Missing(name);
    }
    var status = bucket.getStatus();
    if (!isReady(status)) {
      return new BucketSight.NotReady(name, why(status));
    }
    var limits = bucket.getSpec().limits();
    return new BucketSight.Serving(
        name,
        maxObjectSizeBytes(limits),
        limits == null ? List.of() : limits.allowedMediaTypes(),
        bucket.getSpec().duplicates() == BucketSpec.Duplicates.Reject);
  }

  /// Whether its data plane can be called: what happens to it otherwise wakes nobody.
  static boolean isReady(@Nullable BucketStatus status) {
    return status != null
        && status.endpoints() != null
        && status.endpoints().internal() != null
        && Conditions.holds(status.conditions(), ConditionTypes.READY);
  }

  private static String why(@Nullable BucketStatus status) {
    return status == null
        ? "it has no status yet"
        : Conditions.find(status.conditions(), ConditionTypes.READY)
            .map(Condition::message)
            .orElse("it has no status yet");
  }

  private static long maxObjectSizeBytes(@Nullable Limits limits) {
    return limits == null || limits.maxObjectSize() == null
        ? Long.MAX_VALUE
        : ByteSize.parse(limits.maxObjectSize());
  }
}
