package dev.assay.operator.signing;

import dev.assay.api.LocalRef;
import dev.assay.policy.signature.TrustRoot;
import dev.assay.policy.signature.TrustRoots;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds what signatures are checked with: what the Secrets hold that a ScanPolicy or an Artifact
/// names, and the public Sigstore's trust root where none is named.
public record TrustMaterial(Credentials credentials, TrustRoots roots, PublicRoot publicRoot) {
  private static final String TRUSTED_ROOT = "trusted_root.json";

  /// Whose certificates count, as far as it could be found out.
  public sealed interface Root {
    /// @param json the text that the root was read from
    /// @param aging why it could not be refreshed; empty where all is well
    record Known(String json, TrustRoot root, Optional<String> aging) implements Root {}

    /// It is looked for, and whoever asked is woken.
    record NotYet(String message) implements Root {}

    /// @param message a sentence that says what to do
    record Unusable(String message) implements Root {}
  }

  public KeyFiles.Read keys(String namespace, String secret) {
    return switch (credentials.read(namespace, secret)) {
      case Credential.Unusable(var message) -> new KeyFiles.Read.Unusable(message);
      case Credential.Found(var data) -> KeyFiles.of(secret, data);
    };
  }

  /// @param ref null for the public Sigstore's
  public Root root(String namespace, @Nullable LocalRef ref) {
    return ref == null ? publicly() : root(namespace, ref.name());
  }

  private Root publicly() {
    return switch (publicRoot.ask()) {
      case PublicRoot.Sight.NotYet(var message) -> new Root.NotYet(message);
      case PublicRoot.Sight.Known(var json) -> read(json, Optional.empty(), "");
      case PublicRoot.Sight.Aging(var json, var why) -> read(json, Optional.of(why), "");
    };
  }

  private Root root(String namespace, String secret) {
    return switch (credentials.read(namespace, secret)) {
      case Credential.Unusable(var message) -> new Root.Unusable(message);
      case Credential.Found(var data) ->
          data.containsKey(TRUSTED_ROOT)
              ? read(data.get(TRUSTED_ROOT), Optional.empty(), "Secret '%s': ".formatted(secret))
              : new Root.Unusable("Secret '%s' has no key %s".formatted(secret, TRUSTED_ROOT));
    };
  }

  private Root read(String json, Optional<String> aging, String whose) {
    return switch (roots.of(json)) {
      case TrustRoot.Read.Root(var root) -> new Root.Known(json, root, aging);
      case TrustRoot.Read.Unusable(var why) -> new Root.Unusable(whose + why);
    };
  }
}
