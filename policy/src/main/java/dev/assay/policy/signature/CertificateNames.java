package dev.assay.policy.signature;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1UTF8String;

/// Who a Fulcio certificate says its holder is:
/// https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md
final class CertificateNames {
  private static final String ISSUER_V1 = "1.3.6.1.4.1.57264.1.1";
  private static final String ISSUER_V2 = "1.3.6.1.4.1.57264.1.8";

  /// RFC 5280, 4.2.1.6: rfc822Name and uniformResourceIdentifier.
  private static final List<Integer> MAIL_OR_URI = List.of(1, 6);

  private CertificateNames() {}

  /// The one subject alternative name; of two nobody could say which is meant.
  static Optional<String> subject(X509Certificate certificate) {
    try {
      var names = certificate.getSubjectAlternativeNames();
      if (names == null || names.size() != 1) {
        return Optional.empty();
      }
      var name = names.iterator().next();
      return MAIL_OR_URI.contains(name.getFirst()) && name.get(1) instanceof String text
          ? Optional.of(text)
          : Optional.empty();
    } catch (CertificateParsingException e) {
      return Optional.empty();
    }
  }

  /// The newer extension is an ASN.1 string, the older one bare text.
  static Optional<String> issuer(X509Certificate certificate) {
    var newer = value(certificate, ISSUER_V2).flatMap(CertificateNames::utf8);
    return newer.isPresent()
        ? newer
        : value(certificate, ISSUER_V1).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  private static Optional<byte[]> value(X509Certificate certificate, String oid) {
    var extension = certificate.getExtensionValue(oid);
    try {
      return extension == null
          ? Optional.empty()
          : Optional.of(ASN1OctetString.getInstance(extension).getOctets());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> utf8(byte[] der) {
    try {
      return Optional.of(ASN1UTF8String.getInstance(der).getString());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
