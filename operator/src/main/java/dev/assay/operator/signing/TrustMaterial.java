package dev.assay.operator.signing;

import dev.assay.policy.signature.TrustRoot;
import dev.assay.policy.signature.TrustRoots;

/// Reads what signatures are checked with from the Secrets that a ScanPolicy or an Artifact names.
public record TrustMaterial(Credentials credentials, TrustRoots roots) {
  private static final String TRUSTED_ROOT = "trusted_root.json";

  /// Whose certificates count, as far as it could be found out.
  public sealed interface Root {
    /// @param json the text that the root was read from
    record Known(String json, TrustRoot root) implements Root {}

    /// @param message a sentence that says what to do
    record Unusable(String message) implements Root {}
  }

  public KeyFiles.Read keys(String namespace, String secret) {
    return switch (credentials.read(namespace, secret)) {
      case Credential.Unusable(var message) -> new KeyFiles.Read.Unusable(message);
      case Credential.Found(var data) -> KeyFiles.of(secret, data);
    };
  }

  public Root root(String namespace, String secret) {
    return switch (credentials.read(namespace, secret)) {
      case Credential.Unusable(var message) -> new Root.Unusable(message);
      case Credential.Found(var data) ->
          data.containsKey(TRUSTED_ROOT)
              ? read(secret, data.get(TRUSTED_ROOT))
              : new Root.Unusable("Secret '%s' has no key %s".formatted(secret, TRUSTED_ROOT));
    };
  }

  private Root read(String secret, String json) {
    return switch (roots.of(json)) {
      case TrustRoot.Read.Root(var root) -> new Root.Known(json, root);
      case TrustRoot.Read.Unusable(var why) ->
          new Root.Unusable("Secret '%s': %s".formatted(secret, why));
    };
  }
}
