package dev.assay.operator.certificate;

import dev.assay.api.Vocabulary.Annotations;
import dev.assay.operator.certificate.Observed.AuthoritySight;
import dev.assay.operator.certificate.Observed.Trusted;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The Secret that holds the CA, its key, and the CAs before it; no pod mounts it.
final class AuthoritySecret {
  static final String NAME = "assay-webhook-ca";

  /// Certificates of CAs that are still trusted; their keys are gone.
  static final String PREVIOUS = "previous.crt";

  /// Of X509Certificate#getKeyUsage (RFC 5280 4.2.1.3).
  private static final int KEY_CERT_SIGN = 5;

  private AuthoritySecret() {}

  static AuthoritySight sight(@Nullable Secret secret) {
    if (secret == null) {
      return new AuthoritySight.Missing();
    }
    var previous = previous(secret);
    try {
      var current = signer(secret).certificate();
      return new AuthoritySight.Held(Anchor.of(current), previous, trusted(secret));
    } catch (GeneralSecurityException e) {
      return new AuthoritySight.Unusable("the old one cannot be used: " + e.getMessage(), previous);
    }
  }

  /// @throws GeneralSecurityException when nothing can be signed with it
  static Signed signer(Secret secret) throws GeneralSecurityException {
    var signed =
        Signed.read(
            SecretText.require(secret, SecretText.CERTIFICATE),
            SecretText.require(secret, SecretText.KEY));
    if (!isAuthority(signed.certificate())) {
      throw new GeneralSecurityException("the certificate is no CA's");
    }
    return signed;
  }

  /// A CA that nobody trusts yet.
  static Secret of(
      @Nullable Secret was, String namespace, Signed authority, List<Anchor> previous) {
    var content = new LinkedHashMap<String, String>();
    content.put(SecretText.CERTIFICATE, Pem.of(authority.certificate()));
    content.put(SecretText.KEY, Pem.of(authority.key()));
    if (!previous.isEmpty()) {
      content.put(PREVIOUS, previous.stream().map(Anchor::pem).collect(Collectors.joining()));
    }
    return trusted(SecretText.with(was, namespace, NAME, content), new Trusted.NotYet());
  }

  static Secret withoutPrevious(Secret was) {
    return new SecretBuilder(was).removeFromData(PREVIOUS).build();
  }

  static Secret trusted(Secret was, Trusted trusted) {
    var metadata = new SecretBuilder(was).editMetadata();
    return switch (trusted) {
      case Trusted.NotYet() ->
          metadata.removeFromAnnotations(Annotations.TRUSTED_SINCE).endMetadata().build();
      case Trusted.Since(var time) ->
          metadata
              .addToAnnotations(Annotations.TRUSTED_SINCE, time.toString())
              .endMetadata()
              .build();
    };
  }

  private static Trusted trusted(Secret secret) {
    var annotations = secret.getMetadata().getAnnotations();
    var text = annotations == null ? null : annotations.get(Annotations.TRUSTED_SINCE);
    try {
      return text == null ? new Trusted.NotYet() : new Trusted.Since(Instant.parse(text));
    } catch (DateTimeException _) {
      return new Trusted.NotYet(); // it is written anew
    }
  }

  private static boolean isAuthority(X509Certificate certificate) {
    var uses = certificate.getKeyUsage();
    return certificate.getBasicConstraints() >= 0
        && uses != null
        && uses.length > KEY_CERT_SIGN
        && uses[KEY_CERT_SIGN];
  }

  /// What cannot be read trusts nobody.
  private static List<Anchor> previous(Secret secret) {
    try {
      var text = SecretText.find(secret, PREVIOUS);
      return text.isBlank()
          ? List.of()
          : Pem.certificates(text).stream().map(Anchor::of).distinct().toList();
    } catch (GeneralSecurityException _) {
      return List.of();
    }
  }
}
