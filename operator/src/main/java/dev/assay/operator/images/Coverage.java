package dev.assay.operator.images;

import dev.assay.api.LocalRef;
import dev.assay.api.scanpolicy.ImagePattern;
import dev.assay.policy.image.ImageGlob;
import dev.assay.policy.image.PinnedImage;
import java.util.List;
import java.util.Optional;

/// Which images a policy is about.
record Coverage(List<Coverage.One> patterns) {
  record One(ImageGlob glob, Optional<String> secret) {}

  static Coverage of(List<ImagePattern> patterns) {
    return new Coverage(
        patterns.stream()
            .map(pattern ->
                new One(
                    ImageGlob.of(pattern.glob()),
                    Optional.ofNullable(pattern.secretRef()).map(LocalRef::name)))
            .toList());
  }

  boolean includes(PinnedImage image) {
    return patterns.stream().anyMatch(pattern -> pattern.glob().matches(image));
  }

  /// Name of the Secret for reading its signatures: the first pattern that names one.
  Optional<String> secret(PinnedImage image) {
    return patterns.stream()
        .filter(pattern -> pattern.glob().matches(image))
        .flatMap(pattern -> pattern.secret().stream())
        .findFirst();
  }
}
