package dev.assay.policy.signature;

import java.util.List;

/// Whose signatures count.
public sealed interface Signer {
  /// The holders of these keys.
  ///
  /// @param all whether each of them must have signed; one is enough otherwise
  record Keys(List<TrustedKey> keys, boolean all) implements Signer {}

  /// People and machines with a certificate: one pattern matching is enough.
  record Identities(List<IdentityPattern> patterns, TrustRoot root) implements Signer {}

  /// Whether somebody whose signature was verified elsewhere is one of them.
  default boolean accepts(Finding.SignedBy by) {
    return switch (this) {
      case Keys(var keys, var _) ->
          by instanceof Finding.SignedBy.Key(var fingerprint)
              && keys.stream().anyMatch(key -> key.fingerprint().equals(fingerprint));
      case Identities(var patterns, var _) ->
          by instanceof Finding.SignedBy.Identity identity
              && patterns.stream().anyMatch(pattern -> pattern.matches(identity));
    };
  }
}
