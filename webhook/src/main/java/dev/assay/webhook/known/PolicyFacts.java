package dev.assay.webhook.known;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.assay.api.ScanPolicy;
import dev.assay.api.scanpolicy.ImageVerdict;
import dev.assay.api.scanpolicy.ScanPolicyStatus;
import dev.assay.api.scanpolicy.ScanPolicyStatus.Verifier;
import dev.assay.api.scanpolicy.VerifyRule;
import dev.assay.policy.image.ImageGlob;
import dev.assay.policy.image.ImageReference;
import dev.assay.policy.image.PinnedImage;
import dev.assay.policy.image.RulesDigest;
import dev.assay.policy.scan.Exemption;
import dev.assay.policy.scan.SpecRules;
import dev.assay.policy.signature.PolicyRules;
import dev.assay.policy.signature.TrustRoots;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What other objects' reviews ask of a ScanPolicy, read once for each of its versions: keys are
/// parsed and conditions compiled here, not at each review.
///
/// @param signatures what `spec.verify` means
/// @param atAdmission names of the rules that hold at admission already
/// @param images which images they are asked of as well
/// @param imageVerdicts what the operator has found of images by these rules, by `PinnedImage`
/// @param exemptions what `spec.exceptions` means
public record PolicyFacts(
    String namespace,
    String name,
    PolicyRules.Read signatures,
    Set<String> atAdmission,
    List<ImageGlob> images,
    Map<String, ImageVerdict> imageVerdicts,
    List<Exemption> exemptions) {

  /// Whether its signatures are asked of an image.
  public boolean covers(ImageReference image) {
    return images.stream().anyMatch(glob -> glob.matches(image));
  }

  public Optional<ImageVerdict> verdict(PinnedImage image) {
    return Optional.ofNullable(imageVerdicts.get(image.toString()));
  }

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
        spec.images().stream().map(pattern -> ImageGlob.of(pattern.glob())).toList(),
        status == null ? Map.of() : verdicts(status, RulesDigest.of(spec, verifiers)),
        SpecRules.of(spec).rules().exemptions());
  }

  // Those by other rules say nothing of these.
  private static Map<String, ImageVerdict> verdicts(ScanPolicyStatus status, String rulesDigest) {
    return status.images().stream()
        .filter(verdict -> verdict.rulesDigest().equals(rulesDigest))
        .collect(toUnmodifiableMap(ImageVerdict::image, verdict -> verdict));
  }
}
