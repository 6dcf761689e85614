package dev.assay.operator.images;

import dev.assay.api.scanpolicy.ImageVerdict;
import dev.assay.policy.image.PinnedImage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What was seen of the images that one ScanPolicy is about.
///
/// @param settled whether all that is in use has been seen; until then nothing is decided
/// @param inUse in templates and Pods of its namespace
/// @param hinted when the webhook asked for an image last
/// @param was `status.images`
/// @param looks of this process, the last one of each image
/// @param underWay being looked at now
public record ImageFacts(
    ImageRules rules,
    boolean settled,
    Set<PinnedImage> inUse,
    Map<PinnedImage, Instant> hinted,
    List<ImageVerdict> was,
    Map<PinnedImage, Look> looks,
    Set<PinnedImage> underWay) {
  /// Of a policy that is about no image.
  public static final ImageFacts NONE =
      new ImageFacts(
          new ImageRules.Unusable(), true, Set.of(), Map.of(), List.of(), Map.of(), Set.of());
}
