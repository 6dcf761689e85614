package dev.assay.operator.certificate;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/// Certificates and keys as text (RFC 7468).
final class Pem {
  private static final String KEY = "PRIVATE KEY";
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private Pem() {}

  static String of(X509Certificate certificate) {
    try {
      return block("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read or made has bytes", e);
    }
  }

  /// PKCS #8.
  static String of(PrivateKey key) {
    return block(KEY, key.getEncoded());
  }

  /// @throws GeneralSecurityException when there is none or one is broken
  static List<X509Certificate> certificates(String pem) throws GeneralSecurityException {
    var factory = CertificateFactory.getInstance("X.509");
    var in = new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8));
    var found = factory.generateCertificates(in).stream().map(X509Certificate.class::cast).toList();
    if (found.isEmpty()) {
      throw new GeneralSecurityException("no certificate");
    }
    return found;
  }

  /// @throws GeneralSecurityException when it is no PKCS #8 key of an elliptic curve
  static PrivateKey key(String pem) throws GeneralSecurityException {
    var body =
        pem.replace("-----BEGIN " + KEY + "-----", "").replace("-----END " + KEY + "-----", "");
    try {
      var bytes = Base64.getDecoder().decode(body.replaceAll("\\s", ""));
      return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(bytes));
    } catch (IllegalArgumentException _) {
      // The cause would name characters of the key.
      throw new GeneralSecurityException("the key is not base64");
    }
  }

  private static String block(String label, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, LINES.encodeToString(der), label);
  }
}
