package dev.assay.policy.image;

import dev.assay.policy.signature.Check;
import dev.assay.policy.signature.Evidence;
import dev.assay.policy.signature.Rule;
import dev.assay.policy.signature.RuleVerdict;
import dev.assay.policy.signature.SignatureCheck;
import java.util.ArrayList;
import java.util.List;

/// What stands beside an image, and what a policy's rules say of it.
///
/// @param evidence of both formats
/// @param more whether there is more beside the image than was looked at; what was not looked at
///   can make no rule hold
public record ImageSignatures(List<Evidence> evidence, boolean more) {
  /// What follows for the image.
  public sealed interface Judgement {
    /// @param message who signed it
    record Signed(String message) implements Judgement {}

    /// @param message which rule and which check
    record Refused(String message) implements Judgement {}
  }

  /// Every rule must hold; any of the signatures is enough for each.
  public Judgement judge(List<Rule> rules, PinnedImage image) {
    if (rules.isEmpty()) {
      return new Judgement.Refused("the policy has no rule in spec.verify");
    }
    var by = new ArrayList<String>();
    for (var rule : rules) {
      switch (SignatureCheck.weigh(rule, evidence, image.digest())) {
        case RuleVerdict.Met met -> by.add(met.sentence());
        case RuleVerdict.NotMet(var _, var check, var message) -> {
          return new Judgement.Refused(message + hint(check));
        }
      }
    }
    return new Judgement.Signed(String.join("; ", by));
  }

  private String hint(Check check) {
    if (more) {
      return "; only the first %d signatures were looked at".formatted(evidence.size());
    }
    return check == Check.Present ? "; sign it: cosign sign" : "";
  }
}
