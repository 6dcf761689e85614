package dev.assay.webhook;

import dev.assay.policy.image.PinnedImage;
import dev.assay.webhook.review.Refusal;
import java.util.List;

/// What a pure decision says, and what must be asked before it holds.
public sealed interface Verdict {
  /// @param warnings for the caller
  record Allow(List<String> warnings) implements Verdict {}

  /// @param message what is wrong and what to do
  record Deny(Refusal refusal, String message) implements Verdict {}

  /// Allowed to those who have a right in each of these Buckets.
  ///
  /// @param right what is asked of the API server
  /// @param why what the change does that takes the right
  record AllowWith(
      Right right, String namespace, List<String> buckets, String why, List<String> warnings)
      implements Verdict {}

  /// Allowed as soon as these are known to be signed.
  ///
  /// @param why what is not known
  record AwaitImages(List<PinnedImage> images, String why) implements Verdict {}

  static Verdict allow() {
    return new Allow(List.of());
  }
}
