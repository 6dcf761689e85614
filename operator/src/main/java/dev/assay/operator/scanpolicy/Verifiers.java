package dev.assay.operator.scanpolicy;

import dev.assay.api.ScanPolicy;
import dev.assay.api.scanpolicy.ScanPolicyStatus.Verifier;
import dev.assay.api.scanpolicy.ScanPolicyStatus.VerifierKey;
import dev.assay.api.scanpolicy.VerifyRule;
import dev.assay.operator.signing.KeyFiles;
import dev.assay.operator.signing.TrustMaterial;
import java.util.List;
import java.util.Optional;

/// Finds the keys and trust roots that `spec.verify` asks for, so that `status.verifiers` can say
/// what they hold: neither the Artifacts' reconciler nor the webhook reads them again.
record Verifiers(TrustMaterial trust) {
  List<VerifierSight> of(ScanPolicy policy) {
    return policy.getSpec().verify().stream().map(rule -> of(rule, policy)).toList();
  }

  private VerifierSight of(VerifyRule rule, ScanPolicy policy) {
    var namespace = policy.getMetadata().getNamespace();
    var key = rule.key();
    var keyless = rule.keyless();
    if (key != null) {
      return keys(rule.name(), namespace, key.secretRef().name());
    }
    return keyless == null
        ? new VerifierSight.Unresolved(rule.name(), "it names neither key nor keyless")
        : identity(rule.name(), policy, keyless);
  }

  private VerifierSight keys(String rule, String namespace, String secret) {
    return switch (trust.keys(namespace, secret)) {
      case KeyFiles.Read.Unusable(var message) -> new VerifierSight.Unresolved(rule, message);
      case KeyFiles.Read.Keys(var keys) ->
          new VerifierSight.Resolved(
              new Verifier(
                  rule,
                  keys.stream().map(k -> new VerifierKey(k.fingerprint(), k.pem())).toList(),
                  null,
                  null),
              Optional.empty());
    };
  }

  private VerifierSight identity(String rule, ScanPolicy policy, VerifyRule.Keyless keyless) {
    var namespace = policy.getMetadata().getNamespace();
    return switch (trust.root(namespace, keyless.trustedRootSecretRef())) {
      case TrustMaterial.Root.Unusable(var message) -> new VerifierSight.Unresolved(rule, message);
      case TrustMaterial.Root.NotYet(var message) ->
          kept(rule, policy, keyless)
              .<VerifierSight>map(was -> new VerifierSight.Resolved(was, Optional.of(message)))
              .orElseGet(() -> new VerifierSight.Unresolved(rule, message));
      case TrustMaterial.Root.Known(var json, var _, var aging) ->
          new VerifierSight.Resolved(new Verifier(rule, List.of(), keyless, json), aging);
    };
  }

  /// What the same rule was resolved to before this process began: only the operator writes status,
  /// and its start must not take a policy out of force.
  private static Optional<Verifier> kept(
      String rule, ScanPolicy policy, VerifyRule.Keyless keyless) {
    return Optional.ofNullable(policy.getStatus()).stream()
        .flatMap(status -> status.verifiers().stream())
        .filter(was -> was.name().equals(rule))
        .filter(was -> keyless.equals(was.keyless()) && was.trustedRoot() != null)
        .findFirst();
  }
}
