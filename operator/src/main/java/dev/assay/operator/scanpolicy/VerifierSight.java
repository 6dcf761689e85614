package dev.assay.operator.scanpolicy;

import dev.assay.api.scanpolicy.ScanPolicyStatus.Verifier;
import java.util.List;
import java.util.Optional;

/// What a rule of `spec.verify` was found to mean.
sealed interface VerifierSight {
  /// @param aging why its trust root is not the latest; empty where all is well
  record Resolved(Verifier verifier, Optional<String> aging) implements VerifierSight {}

  /// @param message a sentence that says what to do
  record Unresolved(String rule, String message) implements VerifierSight {}

  /// None, if one is missing: a policy is in force whole or not at all.
  static List<Verifier> resolved(List<VerifierSight> sights) {
    return sights.stream().allMatch(Resolved.class::isInstance)
        ? sights.stream().map(Resolved.class::cast).map(Resolved::verifier).toList()
        : List.of();
  }
}
