package dev.assay.webhook.known;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.assay.api.ScanPolicy;
import dev.assay.api.scanpolicy.ScanPolicyStatus.Verifier;
import dev.assay.api.scanpolicy.VerifyRule;
import dev.assay.policy.scan.Exemption;
import dev.assay.policy.scan.SpecRules;
import dev.assay.policy.signature.PolicyRules;
import dev.assay.policy.signature.TrustRoots;
import java.util.List;
import java.util.Set;

/// What other objects' reviews ask of a ScanPolicy, read once for each of its versions: keys are
/// parsed and conditions compiled here, not at each review.
///
/// @param signatures what `spec.verify` means
/// @param atAdmission names of the rules that hold at admission already
/// @param exemptions what `spec.exceptions` means
public record PolicyFacts(
    String namespace,
    String name,
    PolicyRules.Read signatures,
    Set<String> atAdmission,
    List<Exemption> exemptions) {

  static PolicyFacts of(ScanPolicy policy, TrustRoots roots) {
    var spec = policy.getSpec();
    var status = policy.getStatus();
    var verifiers = status == null ? List.<Verifier>of() : status.verifiers();
    return new PolicyFacts(
        policy.getMetadata().getNamespace(),
        policy.getMetadata().getName(),
        PolicyRules.of(spec, verifiers, roots),
        spec.verify().stream()
            .filter(rule -> rule.enforceAt() == VerifyRule.EnforceAt.Admission)
            .map(VerifyRule::name)
            .collect(toUnmodifiableSet()),
        SpecRules.of(spec).rules().exemptions());
  }
}
