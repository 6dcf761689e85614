package dev.assay.operator.scanpolicy;

import dev.assay.api.scanpolicy.ScanPolicyStatus.Verifier;

/// What a rule of `spec.verify` was found to mean.
sealed interface VerifierSight {
  record Resolved(Verifier verifier) implements VerifierSight {}

  /// @param message a sentence that says what to do
  record Unresolved(String rule, String message) implements VerifierSight {}
}
