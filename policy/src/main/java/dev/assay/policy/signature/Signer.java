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
}
