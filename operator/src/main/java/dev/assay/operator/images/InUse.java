package dev.assay.operator.images;

import dev.assay.policy.image.PinnedImage;
import java.util.Set;

/// What a namespace runs, or would.
sealed interface InUse {
  /// The namespace does not ask for verification.
  record Unasked() implements InUse {}

  /// Not all of it has been seen yet: nothing may be forgotten.
  record Unknown() implements InUse {}

  /// All of it.
  record Images(Set<PinnedImage> images) implements InUse {}
}
