package dev.assay.operator.bucket;

import dev.assay.api.Vocabulary.ConditionTypes;
import dev.assay.api.Vocabulary.Reasons;
import dev.assay.operator.ByteSize;
import dev.assay.operator.bucket.Observed.Reach;
import dev.assay.operator.status.Draft;

/// Whether a Bucket has reached its quota; the data plane refuses uploads by itself.
final class QuotaUse {
  private QuotaUse() {}

  static Draft of(Observed seen) {
    var limits = seen.spec().limits();
    var quota = limits == null ? null : limits.quota();
    if (quota == null) {
      return within("there is no quota");
    }
    if (!(seen.reach() instanceof Reach.Answers(var store))) {
      return Draft.unknown(
          ConditionTypes.QUOTA_EXCEEDED, Reasons.DATA_PLANE_NOT_READY, "the store was not asked");
    }
    var maxSize = quota.maxSize();
    if (maxSize != null && store.bytes() >= ByteSize.parse(maxSize)) {
      return exceeded("the store has " + store.bytes() + " bytes, the quota is " + maxSize);
    }
    var maxObjects = quota.maxObjects();
    if (maxObjects != null && store.objects() >= maxObjects) {
      return exceeded("the store has " + store.objects() + " objects, the quota is " + maxObjects);
    }
    return within("within the quota");
  }

  private static Draft within(String message) {
    return Draft.fails(ConditionTypes.QUOTA_EXCEEDED, Reasons.SUCCEEDED, message);
  }

  private static Draft exceeded(String message) {
    return Draft.holds(ConditionTypes.QUOTA_EXCEEDED, Reasons.QUOTA_EXCEEDED, message);
  }
}
