package dev.assay.operator.artifact.decision;

import dev.assay.api.Vocabulary.Reasons;
import dev.assay.operator.artifact.decision.Next.SecretRole;
import java.util.Optional;

/// What is common to the Secrets with URLs.
final class UrlSecrets {
  private UrlSecrets() {}

  static Standing conflict(String name) {
    return Standing.stalled(
        Reasons.NAME_CONFLICT,
        "Secret '%s' exists and is not this Artifact's; delete it, or name another one in spec"
            .formatted(name));
  }

  static Standing denied(String message) {
    return Standing.stalled(Reasons.ACCESS_DENIED, message);
  }

  /// How to get rid of the upload's Secrets, parts first: the name of both hangs on the other.
  static Optional<Next> uploadLeftover(Observed seen) {
    return drop(SecretRole.Parts, seen.partsSecret())
        .or(() -> drop(SecretRole.Upload, seen.uploadSecret()));
  }

  static Optional<Next> drop(SecretRole role, Sights.UrlSecret sight) {
    return sight instanceof Sights.UrlSecret.Ours
        ? Optional.of(new Next.DropSecret(role))
        : Optional.empty();
  }
}
