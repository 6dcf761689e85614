package dev.assay.webhook.image;

import dev.assay.api.scanpolicy.ImageVerdict;
import dev.assay.policy.image.ImageReference;
import dev.assay.policy.image.PinnedImage;
import dev.assay.webhook.known.PolicyFacts;
import java.util.List;
import java.util.Optional;

/// What is known of one image.
sealed interface ImageState {
  /// No policy is about it, or each that is has found it signed.
  record Fine() implements ImageState {}

  record Refused(String why) implements ImageState {}

  /// It can change after it was looked at.
  record Unpinned(String why) implements ImageState {}

  record Unknown(PinnedImage image, String why) implements ImageState {}

  /// @param text as the Pod has it
  /// @param policies of the namespace
  static ImageState of(String text, List<PolicyFacts> policies) {
    if (policies.isEmpty()) {
      return new Fine();
    }
    return switch (ImageReference.read(text)) {
      case ImageReference.Read.Malformed(var why) ->
          new Unpinned("an image cannot be read: " + why);
      case ImageReference.Read.Image(var image) -> {
        var covering = policies.stream().filter(policy -> policy.covers(image)).toList();
        yield covering.isEmpty() ? new Fine() : of(image, covering);
      }
    };
  }

  private static ImageState of(ImageReference image, List<PolicyFacts> covering) {
    var pinned = image.pinned();
    if (pinned.isEmpty()) {
      return new Unpinned(
          "ScanPolicy '%s' wants image %s signed, which must be named by its digest then: %s@sha256:<64 hexadecimal digits>"
              .formatted(covering.getFirst().name(), image.name(), image.name()));
    }
    var states = covering.stream().map(policy -> by(policy, pinned.get())).toList();
    return first(states, Refused.class).or(() -> first(states, Unknown.class)).orElseGet(Fine::new);
  }

  private static ImageState by(PolicyFacts policy, PinnedImage image) {
    var verdict = policy.verdict(image);
    var state = verdict.map(ImageVerdict::state).orElse(ImageVerdict.State.Unknown);
    var message = verdict.map(ImageVerdict::message).orElse("");
    return switch (state) {
      case Verified -> new Fine();
      case Refused ->
          new Refused(
              "ScanPolicy '%s' refuses image %s: %s".formatted(policy.name(), image, message));
      case Unknown ->
          new Unknown(
              image,
              "ScanPolicy '%s' wants image %s signed, and its signatures are not known yet%s"
                  .formatted(policy.name(), image, message.isEmpty() ? "" : ": " + message));
    };
  }

  private static <S extends ImageState> Optional<ImageState> first(
      List<ImageState> states, Class<S> kind) {
    return states.stream().filter(kind::isInstance).findFirst();
  }
}
