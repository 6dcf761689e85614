package dev.assay.operator.scan;

import java.util.List;
import java.util.Optional;

/// The image that a scan runs in. A tenant who could choose it freely could fake the gate (decision
/// 6): beside the operator's own, only what an allow-list of its installer begins with.
public sealed interface EngineImage {
  record Allowed(String reference) implements EngineImage {}

  /// No scan may run, until a person acts.
  record Refused(String message) implements EngineImage {}

  /// @param asked `spec.engine.image`, if any
  /// @param own the operator's scan image (`RELATED_IMAGE_SCAN`), if its Deployment names one
  /// @param prefixes of other images that are allowed, such as
  ///   `registry.example.org/assay-scan@sha256:`; a prefix without `@` or `:` at its end ends at
  ///   one, so that it does not reach into another repository
  static EngineImage choose(Optional<String> asked, Optional<String> own, List<String> prefixes) {
    if (asked.isEmpty() || asked.equals(own)) {
      return own.<EngineImage>map(Allowed::new)
          .orElseGet(() ->
              new Refused(
                  "the operator has no scan image; set RELATED_IMAGE_SCAN in its Deployment"));
    }
    var image = asked.get();
    return prefixes.stream().anyMatch(prefix -> begins(image, prefix))
        ? new Allowed(image)
        : new Refused(
            "spec.engine.image '%s' is not on the operator's allow-list; leave it out, or ask who runs the operator to add it to ASSAY_ENGINE_IMAGES_ALLOWED"
                .formatted(image));
  }

  private static boolean begins(String image, String prefix) {
    if (prefix.isBlank() || !image.startsWith(prefix)) {
      return false;
    }
    var rest = image.substring(prefix.length());
    return rest.isEmpty()
        || "@:/".indexOf(prefix.charAt(prefix.length() - 1)) >= 0
        || "@:".indexOf(rest.charAt(0)) >= 0;
  }
}
