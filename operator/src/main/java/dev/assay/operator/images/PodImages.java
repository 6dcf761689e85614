package dev.assay.operator.images;

import dev.assay.policy.image.ImageReference;
import dev.assay.policy.image.PinnedImage;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The images that a Pod would run. Those without a digest are left out: they can change after they
/// were looked at, and the webhook refuses them.
final class PodImages {
  private PodImages() {}

  static Set<PinnedImage> of(@Nullable PodTemplateSpec template) {
    return template == null ? Set.of() : of(template.getSpec());
  }

  static Set<PinnedImage> of(@Nullable PodSpec spec) {
    if (spec == null) {
      return Set.of();
    }
    return Stream.of(
            spec.getContainers().stream().map(Container::getImage),
            spec.getInitContainers().stream().map(Container::getImage),
            spec.getEphemeralContainers().stream().map(EphemeralContainer::getImage))
        .flatMap(images -> images)
        .flatMap(image -> pinned(image).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  static Optional<PinnedImage> pinned(@Nullable String image) {
    return switch (ImageReference.read(image == null ? "" : image)) {
      case ImageReference.Read.Image(var reference) -> reference.pinned();
      case ImageReference.Read.Malformed _ -> Optional.empty();
    };
  }
}
