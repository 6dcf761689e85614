package dev.assay.policy.signature;

/// The checks that a signature goes through; a refusal names the one that failed.
public enum Check {
  /// There is something to look at.
  Present,
  /// It is no larger than anything that is honest.
  Size,
  /// It is a Sigstore bundle, a cosign signature, or an in-toto statement.
  Format,
  /// Digest, signature and key are of kinds that are strong enough, and can be checked by digest.
  Algorithm,
  /// It is about these bytes.
  Digest,
  /// The policy's public key, and no other, made it.
  Key,
  /// Certificate, its authority, the transparency log's entry and the timestamps hold together.
  Keyless,
  /// The certificate names who the policy asks for.
  Identity,
  /// There is a statement of the type that the policy asks for.
  PredicateType,
  /// The policy's condition on the predicate is true.
  Condition,
  /// The policy itself can be used.
  Policy
}
