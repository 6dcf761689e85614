package dev.assay.operator.images;

import dev.assay.api.scanpolicy.ScanPolicySpec;
import dev.assay.api.scanpolicy.ScanPolicyStatus.Verifier;
import dev.assay.policy.image.RulesDigest;
import dev.assay.policy.signature.PolicyRules;
import dev.assay.policy.signature.Rule;
import dev.assay.policy.signature.TrustRoots;
import java.util.List;

/// What images are judged by.
public sealed interface ImageRules {
  /// @param digest as verdicts carry it
  record Usable(String digest, List<Rule> rules) implements ImageRules {}

  /// Nothing can be judged: the policy's own conditions say why.
  record Unusable() implements ImageRules {}

  /// @param verifiers what goes to `status.verifiers`
  static ImageRules of(ScanPolicySpec spec, List<Verifier> verifiers, TrustRoots roots) {
    return switch (PolicyRules.of(spec, verifiers, roots)) {
      case PolicyRules.Read.Usable(var read) when !read.rules().isEmpty() ->
          new Usable(RulesDigest.of(spec, verifiers), read.rules());
      case PolicyRules.Read.Usable _, PolicyRules.Read.Unusable _ -> new Unusable();
    };
  }
}
