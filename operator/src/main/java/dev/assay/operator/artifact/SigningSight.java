package dev.assay.operator.artifact;

import dev.assay.api.Artifact;
import dev.assay.api.artifact.Verify;
import dev.assay.api.scanpolicy.ScanPolicySpec;
import dev.assay.operator.artifact.decision.Sights;
import dev.assay.operator.control.ControlClient;
import dev.assay.operator.control.SmallObject;
import dev.assay.operator.signing.BundleKeys;
import dev.assay.operator.signing.Credential;
import dev.assay.operator.signing.KeyFiles;
import dev.assay.operator.signing.TrustMaterial;
import dev.assay.policy.signature.IdentityPattern;
import dev.assay.policy.signature.PolicyRules;
import dev.assay.policy.signature.Rule;
import dev.assay.policy.signature.Signer;
import dev.assay.policy.signature.TrustRoot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What is asked of an Artifact's signatures by its policy and by itself, and which ones are there.
record SigningSight(TrustMaterial trust) {
  /// Newest first: somebody who may write beside the object must not be able to hide a good one.
  private static final int BUNDLES_BESIDE = 8;

  private static final String BUNDLE = "bundle.sigstore.json";

  /// Names the Artifact's own rule in messages.
  private static final String OWN = "spec.verify";

  /// @throws IOException when the store could not be asked
  Sights.Signing of(Sight sight, ControlClient store) throws IOException {
    var artifact = sight.artifact();
    var rules = new ArrayList<Rule>();
    var policy = sight.policy;
    if (policy.isPresent()) {
      switch (rules(policy.get().getSpec(), sight)) {
        case PolicyRules.Read.Usable(var usable) -> rules.addAll(usable.rules());
        case PolicyRules.Read.Unusable(var why) -> {
          return new Sights.Signing.Unreadable(
              "ScanPolicy '%s': %s".formatted(policy.get().getMetadata().getName(), why));
        }
      }
    }
    var verify = artifact.getSpec().verify();
    if (verify != null && asks(verify)) {
      switch (signer(artifact, verify)) {
        case Own.Ok(var signer) -> rules.add(new Rule(OWN, signer, List.of(), true));
        case Own.Bad(var why) -> {
          return new Sights.Signing.Unreadable(why);
        }
      }
    }
    return rules.isEmpty() ? new Sights.Signing.NotAsked() : given(artifact, store, rules);
  }

  // A bundle alone is for the policy's rules.
  private static boolean asks(Verify verify) {
    return verify.secretRef() != null || !verify.matchOIDCIdentity().isEmpty();
  }

  private PolicyRules.Read rules(ScanPolicySpec spec, Sight sight) {
    var status = sight.policy.orElseThrow().getStatus();
    return PolicyRules.of(spec, status == null ? List.of() : status.verifiers(), trust.roots());
  }

  private Sights.Signing given(Artifact artifact, ControlClient store, List<Rule> rules)
      throws IOException {
    var verify = artifact.getSpec().verify();
    var bundle = verify == null ? null : verify.bundle();
    if (bundle != null && bundle.inline() != null) {
      return new Sights.Signing.Given(rules, List.of(bundle.inline()), false);
    }
    var ref = bundle == null ? null : bundle.secretRef();
    if (ref == null) {
      var key = BundleKeys.of(artifact);
      return key.isEmpty()
          ? new Sights.Signing.Given(rules, List.of(), true)
          : beside(key.get(), store, rules);
    }
    return switch (trust.credentials().read(artifact.getMetadata().getNamespace(), ref.name())) {
      case Credential.Unusable(var why) -> new Sights.Signing.Unreadable(why);
      case Credential.Found(var data) ->
          data.containsKey(BUNDLE)
              ? new Sights.Signing.Given(rules, List.of(data.get(BUNDLE)), false)
              : new Sights.Signing.Unreadable(
                  "Secret '%s' has no key %s".formatted(ref.name(), BUNDLE));
    };
  }

  private static Sights.Signing beside(String key, ControlClient store, List<Rule> rules)
      throws IOException {
    var versions =
        store.versions(key).stream()
            .filter(version -> version.key().equals(key))
            .limit(BUNDLES_BESIDE)
            .toList();
    var signatures = new ArrayList<String>();
    for (var version : versions) {
      switch (store.bytes(version.versionId())) {
        case SmallObject.Read(var bytes, _) ->
            signatures.add(new String(bytes, StandardCharsets.UTF_8));
        case SmallObject.Missing() -> {} // deleted in between
        case SmallObject.TooLarge() -> {
          return new Sights.Signing.Unreadable(
              "the bundle under key '%s' is larger than 1 MiB".formatted(key));
        }
      }
    }
    return new Sights.Signing.Given(rules, signatures, true);
  }

  private sealed interface Own {
    record Ok(Signer signer) implements Own {}

    record Bad(String why) implements Own {}
  }

  private Own signer(Artifact artifact, Verify verify) {
    var keys = verify.secretRef();
    return keys == null ? identities(artifact, verify) : keys(artifact, keys.name());
  }

  private Own keys(Artifact artifact, String secret) {
    return switch (trust.keys(artifact.getMetadata().getNamespace(), secret)) {
      case KeyFiles.Read.Keys(var keys) -> new Own.Ok(new Signer.Keys(keys, false));
      case KeyFiles.Read.Unusable(var why) -> new Own.Bad(why);
    };
  }

  private Own identities(Artifact artifact, Verify verify) {
    var namespace = artifact.getMetadata().getNamespace();
    return switch (trust.root(namespace, verify.trustedRootSecretRef())) {
      case TrustMaterial.Root.Known(var _, var root, var _) -> identities(verify, root);
      case TrustMaterial.Root.NotYet(var why) -> new Own.Bad(why);
      case TrustMaterial.Root.Unusable(var why) -> new Own.Bad(why);
    };
  }

  private static Own identities(Verify verify, TrustRoot root) {
    var patterns = new ArrayList<IdentityPattern>();
    for (var identity : verify.matchOIDCIdentity()) {
      var issuer = IdentityPattern.expression(identity.issuer());
      var subject = IdentityPattern.expression(identity.subject());
      if (issuer.isEmpty() || subject.isEmpty()) {
        return new Own.Bad("spec.verify.matchOIDCIdentity: expected RE2 expressions");
      }
      patterns.add(new IdentityPattern(issuer.get(), subject.get()));
    }
    return new Own.Ok(new Signer.Identities(patterns, root));
  }
}
