package dev.assay.webhook.image;

import dev.assay.policy.image.PinnedImage;
import dev.assay.webhook.Verdict;
import dev.assay.webhook.known.PolicyFacts;
import dev.assay.webhook.review.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Whether Pods may run these images. What makes Pods may be written while an image is not known
/// yet, since the operator looks at images that stand there; its Pods wait. No I/O.
public final class PodAdmission {
  private PodAdmission() {}

  /// @param images those that are new in the object; what ran before is left alone
  /// @param policies of the namespace that are about images
  /// @param isPod whether it would run at once
  public static Verdict decide(Set<String> images, List<PolicyFacts> policies, boolean isPod) {
    List<PinnedImage> unknown = new ArrayList<>();
    List<String> why = new ArrayList<>();
    for (var image : images) {
      switch (ImageState.of(image, policies)) {
        case ImageState.Fine() -> {}
        case ImageState.Refused(var message) -> {
          return new Verdict.Deny(Refusal.ImageRefused, message);
        }
        case ImageState.Unpinned(var message) -> {
          return new Verdict.Deny(Refusal.ImageWithoutDigest, message);
        }
        case ImageState.Unknown(var pinned, var message) -> {
          unknown.add(pinned);
          why.add(message);
        }
      }
    }
    if (unknown.isEmpty()) {
      return Verdict.allow();
    }
    return isPod
        ? new Verdict.AwaitImages(List.copyOf(unknown), why.getFirst())
        : new Verdict.Allow(why.stream().map(message -> message + "; its Pods wait").toList());
  }
}
