package dev.assay.operator.scanpolicy;

import dev.assay.api.ScanPolicy;
import dev.assay.api.scanpolicy.ScanPolicyStatus.Verifier;
import dev.assay.api.scanpolicy.ScanPolicyStatus.VerifierKey;
import dev.assay.api.scanpolicy.VerifyRule;
import dev.assay.operator.signing.KeyFiles;
import dev.assay.operator.signing.TrustMaterial;
import java.util.List;

/// Reads the Secrets that `spec.verify` names, so that `status.verifiers` can say what they hold:
/// neither the Artifacts' reconciler nor the webhook reads them again.
record Verifiers(TrustMaterial trust) {
  List<VerifierSight> of(ScanPolicy policy) {
    var namespace = policy.getMetadata().getNamespace();
    return policy.getSpec().verify().stream().map(rule -> of(rule, namespace)).toList();
  }

  private VerifierSight of(VerifyRule rule, String namespace) {
    var key = rule.key();
    var keyless = rule.keyless();
    if (key != null) {
      return keys(rule.name(), namespace, key.secretRef().name());
    }
    return keyless == null
        ? new VerifierSight.Unresolved(rule.name(), "it names neither key nor keyless")
        : identity(rule.name(), namespace, keyless);
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
                  null));
    };
  }

  private VerifierSight identity(String rule, String namespace, VerifyRule.Keyless keyless) {
    var ref = keyless.trustedRootSecretRef();
    if (ref == null) {
      return new VerifierSight.Unresolved(
          rule,
          "this build does not fetch the public Sigstore's trust root yet; put a trusted_root.json into a Secret and name it in keyless.trustedRootSecretRef");
    }
    return switch (trust.root(namespace, ref.name())) {
      case TrustMaterial.Root.Unusable(var message) -> new VerifierSight.Unresolved(rule, message);
      case TrustMaterial.Root.Known(var json, var _) ->
          new VerifierSight.Resolved(new Verifier(rule, List.of(), keyless, json));
    };
  }
}
