package dev.assay.webhook.artifact;

import dev.assay.api.artifact.ArtifactSpec;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// An Artifact as somebody wants it, and as it was.
///
/// @param before empty when it is created
public record ArtifactChange(
    ArtifactSpec spec, Map<String, String> labels, Optional<Before> before) {

  /// @param quarantined whether its bytes are held back
  public record Before(ArtifactSpec spec, Map<String, String> labels, boolean quarantined) {}

  /// An edit of anything else must not fail for a policy that became stricter in between.
  boolean touchesSignature() {
    return before
        .map(Before::spec)
        .map(was ->
            !Objects.equals(was.verify(), spec.verify())
                || !Objects.equals(was.digest(), spec.digest())
                || !Objects.equals(was.scanPolicyRef(), spec.scanPolicyRef()))
        .orElse(true);
  }
}
