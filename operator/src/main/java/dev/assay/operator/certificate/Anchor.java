package dev.assay.operator.certificate;

import java.security.cert.X509Certificate;
import java.time.Instant;

/// A CA certificate as it stands in a caBundle.
///
/// @param pem one certificate, in the spelling of [Pem#of]: equal text is an equal certificate
record Anchor(String pem, Instant notBefore, Instant notAfter) {
  static Anchor of(X509Certificate certificate) {
    return new Anchor(
        Pem.of(certificate),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant());
  }

  Instant renewAt() {
    return Lifetimes.renewAt(notBefore, notAfter);
  }
}
