package dev.assay.webhook.artifact;

import dev.assay.policy.signature.PolicyRules;
import dev.assay.policy.signature.Rule;
import dev.assay.policy.signature.RuleVerdict;
import dev.assay.policy.signature.Sha256;
import dev.assay.policy.signature.SignatureCheck;
import dev.assay.webhook.Right;
import dev.assay.webhook.Verdict;
import dev.assay.webhook.known.PolicyFacts;
import dev.assay.webhook.review.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Whether an Artifact may be written so: signatures that its ScanPolicy wants at admission, and
/// edits that would set free what is quarantined. No I/O.
public final class ArtifactAdmission {
  private ArtifactAdmission() {}

  public static Verdict decide(String namespace, ArtifactChange change, InForce inForce) {
    List<String> warnings = new ArrayList<>();
    if (change.touchesSignature()) {
      var refused = signatures(change, inForce, warnings);
      if (refused.isPresent()) {
        return refused.get();
      }
    }
    return Freeing.of(change, inForce)
        .<Verdict>map(why ->
            new Verdict.AllowWith(
                Right.Release,
                namespace,
                List.of(change.spec().bucketRef().name()),
                why,
                List.copyOf(warnings)))
        .orElseGet(() -> new Verdict.Allow(List.copyOf(warnings)));
  }

  private static Optional<Verdict> signatures(
      ArtifactChange change, InForce inForce, List<String> warnings) {
    return switch (inForce) {
      case InForce.None() -> Optional.empty();
      case InForce.Unknown(var why) -> {
        warnings.add(why + "; nothing is served until it can be judged");
        yield Optional.empty();
      }
      case InForce.Policy(var policy) -> byPolicy(change, policy, warnings);
    };
  }

  private static Optional<Verdict> byPolicy(
      ArtifactChange change, PolicyFacts policy, List<String> warnings) {
    var inline = inline(change);
    if (inline.isEmpty()) {
      return elsewhere(change) || policy.atAdmission().isEmpty()
          ? Optional.empty()
          : Optional.of(missing(policy));
    }
    return switch (policy.signatures()) {
      case PolicyRules.Read.Unusable(var why) ->
          policy.atAdmission().isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new Verdict.Deny(
                      Refusal.PolicyUnusable,
                      "ScanPolicy '%s' wants signatures when Artifacts are created, and cannot check them: %s"
                          .formatted(policy.name(), why)));
      case PolicyRules.Read.Usable(var rules) ->
          byRules(inline.get(), policy, rules.rules(), warnings);
    };
  }

  private static Optional<Verdict> byRules(
      Inline inline, PolicyFacts policy, List<Rule> rules, List<String> warnings) {
    for (var rule : rules) {
      if (SignatureCheck.judge(rule, List.of(inline.bundle()), inline.digest())
          instanceof RuleVerdict.NotMet(var name, var _, var message)) {
        if (policy.atAdmission().contains(name)) {
          return Optional.of(
              new Verdict.Deny(
                  Refusal.SignatureInvalid,
                  "spec.verify.bundle.inline does not satisfy ScanPolicy '%s': %s"
                      .formatted(policy.name(), message)));
        }
        warnings.add(message + "; it will not be served so");
      }
    }
    return Optional.empty();
  }

  private record Inline(String bundle, Sha256 digest) {}

  private static Optional<Inline> inline(ArtifactChange change) {
    var verify = change.spec().verify();
    var bundle = verify == null ? null : verify.bundle();
    var text = bundle == null ? null : bundle.inline();
    var digest = change.spec().digest();
    // The CRD refuses the one without the other.
    return text == null || digest == null
        ? Optional.empty()
        : Sha256.parse(digest).map(parsed -> new Inline(text, parsed));
  }

  // The operator reads it there, and the Artifact waits unserved until then.
  private static boolean elsewhere(ArtifactChange change) {
    var verify = change.spec().verify();
    var bundle = verify == null ? null : verify.bundle();
    return bundle != null && (bundle.secretRef() != null || bundle.key() != null);
  }

  private static Verdict missing(PolicyFacts policy) {
    var rules =
        policy.atAdmission().stream()
            .sorted()
            .map(r -> "'" + r + "'")
            .collect(Collectors.joining(", "));
    return new Verdict.Deny(
        Refusal.SignatureMissing,
        "ScanPolicy '%s' wants Artifacts signed when they are created (rule %s), and this one brings no bundle: sign the file (cosign sign-blob --bundle bundle.sigstore.json FILE), set spec.digest, and put the bundle into spec.verify.bundle.inline, or into a Secret named by spec.verify.bundle.secretRef"
            .formatted(policy.name(), rules));
  }
}
