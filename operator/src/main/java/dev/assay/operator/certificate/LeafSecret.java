package dev.assay.operator.certificate;

import dev.assay.operator.certificate.Observed.LeafSight;
import io.fabric8.kubernetes.api.model.Secret;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The Secret that every replica of the webhook mounts.
final class LeafSecret {
  static final String NAME = "assay-webhook-certificate";

  /// The issuer's certificate.
  static final String ISSUER = "ca.crt";

  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  private static final int DNS_NAME = 2; // GeneralName's tag (RFC 5280 4.2.1.6)

  private LeafSecret() {}

  /// @param dnsNames that the leaf must be good for, all of them and no others
  static LeafSight sight(@Nullable Secret secret, List<String> dnsNames) {
    if (secret == null) {
      return new LeafSight.Missing();
    }
    try {
      var leaf = served(secret);
      var issuer = issuer(secret, leaf);
      if (!names(leaf).equals(Set.copyOf(dnsNames))) {
        return new LeafSight.Unusable("the old one is for " + names(leaf) + ", not " + dnsNames);
      }
      var uses = leaf.getExtendedKeyUsage();
      if (uses == null || !uses.contains(SERVER_AUTH)) {
        return new LeafSight.Unusable("the old one is not for servers");
      }
      return new LeafSight.Held(
          Anchor.of(issuer), leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant());
    } catch (GeneralSecurityException e) {
      return new LeafSight.Unusable("the old one cannot be used: " + e.getMessage());
    }
  }

  /// @throws GeneralSecurityException when a server could not use what is in it
  static X509Certificate served(Secret secret) throws GeneralSecurityException {
    return Signed.read(
            SecretText.require(secret, SecretText.CERTIFICATE),
            SecretText.require(secret, SecretText.KEY))
        .certificate();
  }

  static Secret of(@Nullable Secret was, String namespace, Signed leaf, X509Certificate authority) {
    return SecretText.with(
        was,
        namespace,
        NAME,
        Map.of(
            SecretText.CERTIFICATE,
            Pem.of(leaf.certificate()),
            SecretText.KEY,
            Pem.of(leaf.key()),
            ISSUER,
            Pem.of(authority)));
  }

  private static X509Certificate issuer(Secret secret, X509Certificate leaf)
      throws GeneralSecurityException {
    var issuer = Pem.certificates(SecretText.require(secret, ISSUER)).getFirst();
    leaf.verify(issuer.getPublicKey());
    return issuer;
  }

  private static Set<String> names(X509Certificate leaf) throws GeneralSecurityException {
    var found = leaf.getSubjectAlternativeNames();
    Collection<List<?>> all = found == null ? List.of() : found;
    var names = new HashSet<String>();
    for (var name : all) {
      // Another kind of name is no name of ours, and shows as a difference.
      names.add(name.getFirst().equals(DNS_NAME) ? String.valueOf(name.get(1)) : "another kind");
    }
    return names;
  }
}
