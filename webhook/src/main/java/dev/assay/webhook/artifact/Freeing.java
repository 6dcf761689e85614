package dev.assay.webhook.artifact;

import dev.assay.api.artifact.ArtifactSpec;
import dev.assay.api.artifact.Verify;
import dev.assay.policy.scan.Exemption;
import dev.assay.webhook.artifact.ArtifactChange.Before;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Edits of a quarantined Artifact that may set it free without better bytes or a better signature.
final class Freeing {
  private Freeing() {}

  /// What the edit does, as a sentence's beginning; empty when it frees nothing.
  static Optional<String> of(ArtifactChange change, InForce inForce) {
    return change
        .before()
        .filter(Before::quarantined)
        .flatMap(before -> by(change, before, inForce))
        .map(what -> "the Artifact is quarantined, and " + what);
  }

  private static Optional<String> by(ArtifactChange change, Before before, InForce inForce) {
    if (!Objects.equals(before.spec().scanPolicyRef(), change.spec().scanPolicyRef())) {
      return Optional.of("another scanPolicyRef judges it by other rules");
    }
    if (asksLess(before.spec(), change.spec())) {
      return Optional.of("spec.verify would no longer ask for the signature that it asked for");
    }
    return inForce instanceof InForce.Policy(var policy)
            && newlyExcepted(policy.exemptions(), before.labels(), change.labels())
        ? Optional.of(
            "its new labels bring it under an exception of ScanPolicy '%s'"
                .formatted(policy.name()))
        : Optional.empty();
  }

  private static boolean asksLess(ArtifactSpec was, ArtifactSpec is) {
    var asked = asked(was.verify());
    return !asked.isEmpty() && !asked.equals(asked(is.verify()));
  }

  // Where the bundle is changes nothing of what it must be.
  private static List<Object> asked(@Nullable Verify verify) {
    return verify == null || (verify.secretRef() == null && verify.matchOIDCIdentity().isEmpty())
        ? List.of()
        : List.of(
            Optional.ofNullable(verify.secretRef()),
            verify.matchOIDCIdentity(),
            Optional.ofNullable(verify.trustedRootSecretRef()));
  }

  private static boolean newlyExcepted(
      List<Exemption> exemptions, Map<String, String> was, Map<String, String> is) {
    return exemptions.stream()
        .map(Exemption::artifacts)
        .anyMatch(selector -> selector.holdsFor(is) && !selector.holdsFor(was));
  }
}
