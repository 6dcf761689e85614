package dev.assay.policy.signature;

/// What a rule says of the signatures that were given.
public sealed interface RuleVerdict {
  /// @param by who signed the bytes
  record Met(String rule, Finding.SignedBy by) implements RuleVerdict {}

  /// @param message a sentence that names the rule
  record NotMet(String rule, Check check, String message) implements RuleVerdict {}
}
