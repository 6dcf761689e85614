package dev.assay.webhook.known;

import dev.assay.api.Bucket;
import dev.assay.api.bucket.PromotionRules;
import dev.assay.policy.scan.EffectivePolicy.BucketRules;
import java.util.Optional;

/// What other objects' reviews ask of a Bucket.
///
/// @param policies whose policy is in force in it
/// @param promotion what may be copied into it; empty when nothing may
public record BucketFacts(
    String namespace, String name, BucketRules policies, Optional<PromotionRules> promotion) {

  static BucketFacts of(Bucket bucket) {
    var meta = bucket.getMetadata();
    return new BucketFacts(
        meta.getNamespace(),
        meta.getName(),
        BucketRules.of(meta.getName(), bucket.getSpec()),
        Optional.ofNullable(bucket.getSpec().promotion()));
  }
}
