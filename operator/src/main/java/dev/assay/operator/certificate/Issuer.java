package dev.assay.operator.certificate;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Makes CAs and leaves for one namespace's Service. All keys are new, on P-256.
final class Issuer {
  /// Name of the webhook's Service.
  static final String SERVICE = "assay-webhook";

  private static final SecureRandom RANDOM = new SecureRandom();

  private record Extra(ASN1ObjectIdentifier type, boolean critical, ASN1Encodable value) {}

  private final String namespace;

  Issuer(String namespace) {
    this.namespace = namespace;
  }

  /// What a leaf is good for: how API servers call the Service, and how people may.
  List<String> dnsNames() {
    return domains().stream().map(domain -> SERVICE + "." + domain).toList();
  }

  /// A CA that can speak for Services of this namespace only.
  Signed authority(Instant now) {
    var pair = pair();
    // The time makes each name another: verifiers find an issuer by its name.
    var name = new X500Principal("CN=Assay webhook CA " + now.toEpochMilli());
    var builder = builder(name, name, pair, now, now.plus(Lifetimes.AUTHORITY));
    var permitted =
        domains().stream()
            .map(domain -> new GeneralSubtree(new GeneralName(GeneralName.dNSName, domain)))
            .toArray(GeneralSubtree[]::new);
    var keys = extensions();
    return signed(
        builder,
        pair,
        pair.getPrivate(),
        new Extra(Extension.basicConstraints, true, new BasicConstraints(0)),
        new Extra(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign)),
        new Extra(Extension.nameConstraints, true, new NameConstraints(permitted, null)),
        new Extra(
            Extension.subjectKeyIdentifier,
            false,
            keys.createSubjectKeyIdentifier(pair.getPublic())));
  }

  /// A server's certificate, which ends with its CA at the latest.
  Signed leaf(Signed authority, Instant now) {
    var pair = pair();
    var issuer = authority.certificate();
    var end = now.plus(Lifetimes.LEAF);
    var last = issuer.getNotAfter().toInstant();
    var builder =
        builder(
            new X500Principal("CN=" + SERVICE),
            issuer.getSubjectX500Principal(),
            pair,
            now,
            end.isBefore(last) ? end : last);
    var names =
        dnsNames().stream()
            .map(name -> new GeneralName(GeneralName.dNSName, name))
            .toArray(GeneralName[]::new);
    return signed(
        builder,
        pair,
        authority.key(),
        new Extra(Extension.basicConstraints, true, new BasicConstraints(false)),
        new Extra(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature)),
        new Extra(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth)),
        new Extra(Extension.subjectAlternativeName, false, new GeneralNames(names)),
        new Extra(
            Extension.authorityKeyIdentifier,
            false,
            extensions().createAuthorityKeyIdentifier(issuer.getPublicKey())));
  }

  private List<String> domains() {
    return List.of(namespace + ".svc", namespace + ".svc.cluster.local");
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Principal subject, X500Principal issuer, KeyPair pair, Instant now, Instant end) {
    // 127 bits: positive, and at most the 20 octets of RFC 5280 4.1.2.2.
    var serial = new BigInteger(127, RANDOM).setBit(126);
    return new JcaX509v3CertificateBuilder(
        issuer,
        serial,
        Date.from(now.minus(Lifetimes.BACKDATED)),
        Date.from(end),
        subject,
        pair.getPublic());
  }

  private static Signed signed(
      JcaX509v3CertificateBuilder builder, KeyPair pair, PrivateKey by, Extra... extras) {
    try {
      for (var extra : extras) {
        builder.addExtension(extra.type(), extra.critical(), extra.value());
      }
      var signer = new JcaContentSignerBuilder(Signed.ALGORITHM).build(by);
      var certificate = new JcaX509CertificateConverter().getCertificate(builder.build(signer));
      return new Signed(certificate, pair.getPrivate());
    } catch (CertIOException | OperatorCreationException | CertificateException e) {
      throw new IllegalStateException("every JDK signs with " + Signed.ALGORITHM, e);
    }
  }

  private static JcaX509ExtensionUtils extensions() {
    try {
      return new JcaX509ExtensionUtils();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1, which names keys here", e);
    }
  }

  private static KeyPair pair() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has P-256", e);
    }
  }
}
