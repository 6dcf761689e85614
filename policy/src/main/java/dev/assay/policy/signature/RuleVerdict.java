package dev.assay.policy.signature;

/// What a rule says of the signatures that were given.
public sealed interface RuleVerdict {
  /// @param by who signed the bytes
  record Met(String rule, Finding.SignedBy by) implements RuleVerdict {
    /// For people: which rule, and who signed.
    public String sentence() {
      return switch (by) {
        case Finding.SignedBy.Key(var fingerprint) ->
            "rule '%s': signed by key %s".formatted(rule, fingerprint);
        case Finding.SignedBy.Identity(var subject, var issuer, var at) ->
            "rule '%s': signed by %s of %s%s"
                .formatted(rule, subject, issuer, at.map(t -> ", logged at " + t).orElse(""));
      };
    }
  }

  /// @param message a sentence that names the rule
  record NotMet(String rule, Check check, String message) implements RuleVerdict {}
}
