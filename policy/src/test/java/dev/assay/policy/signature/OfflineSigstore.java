package dev.assay.policy.signature;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.jspecify.annotations.Nullable;

/// A whole Sigstore that nobody else trusts: certificate authority, certificate and transparency
/// logs, timestamp authority. Its bundles are what the real one would make, or what an attacker
/// would.
final class OfflineSigstore {
  static final String SUBJECT =
      "https://github.com/acme/app/.github/workflows/release.yml@refs/heads/main";
  static final String ISSUER = "https://token.actions.githubusercontent.com";
  static final Instant SIGNED_AT = Instant.parse("2026-01-01T12:01:00Z");

  private static final Instant CERTIFIED_AT = Instant.parse("2026-01-01T12:00:00Z");
  private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2099-01-01T00:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KeyPair rootKey = ec();
  private final KeyPair authorityKey = ec();
  private final KeyPair timestampRootKey = ec();
  private final KeyPair timestampKey = ec();
  private final KeyPair log = ec();
  private final KeyPair certificateLog = ec();
  private final X509Certificate root = authority("root", null, rootKey, rootKey, List.of());
  private final X509Certificate authority =
      authority("authority", root, authorityKey, rootKey, List.of(KeyPurposeId.id_kp_codeSigning));
  private final X509Certificate timestampRoot =
      authority("timestamp root", null, timestampRootKey, timestampRootKey, List.of());
  private final X509Certificate timestamps = timestampLeaf();

  /// What an attacker, or an honest signer, does.
  ///
  /// @param includedInLog whether the log's tree holds the entry that is shown
  /// @param promised whether the log promised to include it
  /// @param signedAt when log and timestamp authority saw the signature
  /// @param rekorV2 an entry of the newer log, which has no time of its own
  record How(
      String subject,
      String issuer,
      boolean includedInLog,
      boolean promised,
      boolean timestamped,
      Instant signedAt,
      boolean rekorV2) {
    static final How HONEST = new How(SUBJECT, ISSUER, true, true, true, SIGNED_AT, false);

    How by(String otherSubject, String otherIssuer) {
      return new How(
          otherSubject, otherIssuer, includedInLog, promised, timestamped, signedAt, rekorV2);
    }

    How notIncluded() {
      return new How(subject, issuer, false, promised, timestamped, signedAt, rekorV2);
    }

    How withoutTimes() {
      return new How(subject, issuer, includedInLog, false, false, signedAt, rekorV2);
    }

    How afterwards(Duration late) {
      return new How(
          subject, issuer, includedInLog, promised, timestamped, signedAt.plus(late), rekorV2);
    }

    How inTheNewerLog() {
      return new How(subject, issuer, includedInLog, false, true, signedAt, true);
    }
  }

  String trustedRoot() {
    return json(
        Map.of(
            "mediaType",
            "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
            "tlogs",
            List.of(logKey("https://rekor.example.test", log)),
            "ctlogs",
            List.of(logKey("https://ctfe.example.test", certificateLog)),
            "certificateAuthorities",
            List.of(chain("https://fulcio.example.test", authority, root)),
            "timestampAuthorities",
            List.of(chain("https://tsa.example.test", timestamps, timestampRoot))));
  }

  Map<String, Object> blob(byte[] bytes, How how) {
    var key = ec();
    var leaf = leaf(key, how);
    var signature = sign("SHA256withECDSA", key.getPrivate(), bytes);
    var digest = sha256(bytes);
    return new LinkedHashMap<>(
        Map.of(
            "mediaType",
            "application/vnd.dev.sigstore.bundle.v0.3+json",
            "verificationMaterial",
            material(leaf, entry(how, hashedRekord(how, digest, signature, leaf)), signature, how),
            "messageSignature",
            Map.of(
                "messageDigest",
                Map.of("algorithm", "SHA2_256", "digest", b64(digest)),
                "signature",
                b64(signature))));
  }

  Map<String, Object> statement(String statement, How how) {
    var key = ec();
    var leaf = leaf(key, how);
    var payload = statement.getBytes(StandardCharsets.UTF_8);
    var signature = sign("SHA256withECDSA", key.getPrivate(), encoded(payload));
    var envelope = new LinkedHashMap<String, Object>();
    envelope.put("payload", b64(payload));
    envelope.put("payloadType", Statement.PAYLOAD_TYPE);
    envelope.put("signatures", List.of(Map.of("sig", b64(signature))));
    var body =
        """
        {"apiVersion":"0.0.1","kind":"dsse","spec":{"envelopeHash":{"algorithm":"sha256","value":"%s"},"payloadHash":{"algorithm":"sha256","value":"%s"},"signatures":[{"signature":"%s","verifier":"%s"}]}}\
        """
            .formatted(
                hex(sha256(utf8(json(envelope)))), hex(sha256(payload)), b64(signature), pem(leaf));
    return new LinkedHashMap<>(
        Map.of(
            "mediaType",
            "application/vnd.dev.sigstore.bundle.v0.3+json",
            "verificationMaterial",
            material(leaf, entry(how, body, "dsse"), signature, how),
            "dsseEnvelope",
            envelope));
  }

  static byte[] encoded(byte[] payload) {
    return joined(
        utf8("DSSEv1 28 %s %d ".formatted(Statement.PAYLOAD_TYPE, payload.length)), payload);
  }

  private static String hashedRekord(
      How how, byte[] digest, byte[] signature, X509Certificate leaf) {
    return how.rekorV2()
        ? """
        {"apiVersion":"0.0.2","kind":"hashedrekord","spec":{"hashedRekordV002":{"data":{"algorithm":"SHA2_256","digest":"%s"},"signature":{"content":"%s","verifier":{"keyDetails":"PKIX_ECDSA_P256_SHA_256","x509Certificate":{"rawBytes":"%s"}}}}}}\
        """
            .formatted(b64(digest), b64(signature), b64(der(leaf)))
        : """
        {"apiVersion":"0.0.1","kind":"hashedrekord","spec":{"data":{"hash":{"algorithm":"sha256","value":"%s"}},"signature":{"content":"%s","publicKey":{"content":"%s"}}}}\
        """
            .formatted(hex(digest), b64(signature), pem(leaf));
  }

  private Map<String, Object> entry(How how, String body) {
    return entry(how, body, "hashedrekord");
  }

  private Map<String, Object> entry(How how, String body, String kind) {
    var time = how.rekorV2() ? 0 : how.signedAt().getEpochSecond();
    var id = sha256(log.getPublic().getEncoded());
    var logged = how.includedInLog() ? body : body.replace("kind", "dnik");
    var rootHash = sha256(joined(new byte[] {0}, utf8(logged)));
    var note = "rekor.example.test\n1\n" + b64(rootHash) + "\n";
    var checkpoint =
        note
            + "\n\u2014 rekor.example.test "
            + b64(
                joined(Arrays.copyOf(id, 4), sign("SHA256withECDSA", log.getPrivate(), utf8(note))))
            + "\n";
    var entry = new LinkedHashMap<String, Object>();
    entry.put("logIndex", "0");
    entry.put("logId", Map.of("keyId", b64(id)));
    entry.put("kindVersion", Map.of("kind", kind, "version", how.rekorV2() ? "0.0.2" : "0.0.1"));
    entry.put("integratedTime", Long.toString(time));
    if (how.promised()) {
      var promise =
          "{\"body\":\"%s\",\"integratedTime\":%d,\"logID\":\"%s\",\"logIndex\":0}"
              .formatted(b64(utf8(body)), time, hex(id));
      entry.put(
          "inclusionPromise",
          Map.of(
              "signedEntryTimestamp",
              b64(sign("SHA256withECDSA", log.getPrivate(), utf8(promise)))));
    }
    entry.put(
        "inclusionProof",
        Map.of(
            "logIndex",
            "0",
            "rootHash",
            b64(rootHash),
            "treeSize",
            "1",
            "hashes",
            List.of(),
            "checkpoint",
            Map.of("envelope", checkpoint)));
    entry.put("canonicalizedBody", b64(utf8(body)));
    return entry;
  }

  private Map<String, Object> material(
      X509Certificate leaf, Map<String, Object> entry, byte[] signature, How how) {
    var material = new LinkedHashMap<String, Object>();
    material.put("certificate", Map.of("rawBytes", b64(der(leaf))));
    material.put("tlogEntries", List.of(entry));
    if (how.timestamped()) {
      material.put(
          "timestampVerificationData",
          Map.of(
              "rfc3161Timestamps",
              List.of(Map.of("signedTimestamp", b64(timestamp(signature, how.signedAt()))))));
    }
    return material;
  }

  private byte[] timestamp(byte[] signature, Instant at) {
    try {
      var digests = new JcaDigestCalculatorProviderBuilder().build();
      var tokens =
          new TimeStampTokenGenerator(
              new JcaSimpleSignerInfoGeneratorBuilder()
                  .build("SHA256withECDSA", timestampKey.getPrivate(), timestamps),
              digests.get(new AlgorithmIdentifier(TSPAlgorithms.SHA256)),
              new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.2"));
      tokens.addCertificates(new JcaCertStore(List.of(timestamps)));
      var requests = new TimeStampRequestGenerator();
      requests.setCertReq(true);
      var request = requests.generate(TSPAlgorithms.SHA256, sha256(signature), BigInteger.ONE);
      return new TimeStampResponseGenerator(tokens, TSPAlgorithms.ALLOWED)
          .generate(request, BigInteger.TWO, Date.from(at))
          .getEncoded();
    } catch (OperatorCreationException
        | TSPException
        | IOException
        | CertificateEncodingException e) {
      throw new AssertionError(e);
    }
  }

  /// Valid for ten minutes, as Fulcio's are, with the certificate log's promise inside.
  private X509Certificate leaf(KeyPair key, How how) {
    var first = leafBuilder(key, how);
    var without = build(first, authorityKey);
    var at = CERTIFIED_AT.toEpochMilli();
    try {
      var issuerKeyHash = sha256(authorityKey.getPublic().getEncoded());
      var tbs = without.getTBSCertificate();
      var signed =
          ByteBuffer.allocate(2 + 8 + 2 + 32 + 3 + tbs.length + 2)
              .put((byte) 0)
              .put((byte) 0)
              .putLong(at)
              .putShort((short) 1)
              .put(issuerKeyHash)
              .put((byte) (tbs.length >> 16))
              .putShort((short) tbs.length)
              .put(tbs)
              .putShort((short) 0)
              .array();
      var signature = sign("SHA256withECDSA", certificateLog.getPrivate(), signed);
      var sct =
          ByteBuffer.allocate(1 + 32 + 8 + 2 + 2 + 2 + signature.length)
              .put((byte) 0)
              .put(sha256(certificateLog.getPublic().getEncoded()))
              .putLong(at)
              .putShort((short) 0)
              .put((byte) 4)
              .put((byte) 3)
              .putShort((short) signature.length)
              .put(signature)
              .array();
      var list =
          ByteBuffer.allocate(4 + sct.length)
              .putShort((short) (sct.length + 2))
              .putShort((short) sct.length)
              .put(sct)
              .array();
      var second = leafBuilder(key, how);
      second.addExtension(
          new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2"), false, new DEROctetString(list));
      return build(second, authorityKey);
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private JcaX509v3CertificateBuilder leafBuilder(KeyPair key, How how) {
    var builder =
        new JcaX509v3CertificateBuilder(
            authority,
            BigInteger.valueOf(4_711),
            Date.from(CERTIFIED_AT),
            Date.from(CERTIFIED_AT.plus(Duration.ofMinutes(10))),
            new X500Name(""),
            key.getPublic());
    var name =
        how.subject().contains("://")
            ? new GeneralName(GeneralName.uniformResourceIdentifier, how.subject())
            : new GeneralName(GeneralName.rfc822Name, how.subject());
    try {
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_codeSigning));
      builder.addExtension(Extension.subjectAlternativeName, true, new GeneralNames(name));
      builder.addExtension(
          new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.1.1"), false, utf8(how.issuer()));
      builder.addExtension(
          new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.1.8"),
          false,
          new DERUTF8String(how.issuer()));
      return builder;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private X509Certificate timestampLeaf() {
    var builder =
        new JcaX509v3CertificateBuilder(
            timestampRoot,
            BigInteger.valueOf(7),
            Date.from(START),
            Date.from(END),
            new X500Name("CN=timestamps,O=example.test"),
            timestampKey.getPublic());
    try {
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return build(builder, timestampRootKey);
  }

  private static X509Certificate authority(
      String name,
      @Nullable X509Certificate parent,
      KeyPair key,
      KeyPair issuer,
      List<KeyPurposeId> purposes) {
    var subject = new X500Name("CN=" + name + ",O=example.test");
    var serial = BigInteger.valueOf(name.hashCode() & 0xffff);
    var builder =
        parent == null
            ? new JcaX509v3CertificateBuilder(
                subject, serial, Date.from(START), Date.from(END), subject, key.getPublic())
            : new JcaX509v3CertificateBuilder(
                parent, serial, Date.from(START), Date.from(END), subject, key.getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      if (!purposes.isEmpty()) {
        builder.addExtension(
            Extension.extendedKeyUsage,
            false,
            new ExtendedKeyUsage(purposes.toArray(new KeyPurposeId[0])));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return build(builder, issuer);
  }

  private static X509Certificate build(JcaX509v3CertificateBuilder builder, KeyPair issuer) {
    try {
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate());
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (OperatorCreationException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, Object> logKey(String url, KeyPair key) {
    return Map.of(
        "baseUrl",
        url,
        "hashAlgorithm",
        "SHA2_256",
        "logId",
        Map.of("keyId", b64(sha256(key.getPublic().getEncoded()))),
        "publicKey",
        Map.of(
            "rawBytes",
            b64(key.getPublic().getEncoded()),
            "keyDetails",
            "PKIX_ECDSA_P256_SHA_256",
            "validFor",
            Map.of("start", START.toString())));
  }

  private static Map<String, Object> chain(String uri, X509Certificate... certificates) {
    var raw = new ArrayList<Map<String, Object>>();
    for (var certificate : certificates) {
      raw.add(Map.of("rawBytes", b64(der(certificate))));
    }
    return Map.of(
        "subject",
        Map.of("organization", "example.test", "commonName", "test"),
        "uri",
        uri,
        "certChain",
        Map.of("certificates", raw),
        "validFor",
        Map.of("start", START.toString()));
  }

  static KeyPair ec() {
    return pair("EC", "secp256r1");
  }

  static KeyPair pair(String algorithm, String curve) {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      if (!curve.isEmpty()) {
        generator.initialize(new ECGenParameterSpec(curve));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] sign(String algorithm, PrivateKey key, byte[] message) {
    try {
      var signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  static String b64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String pem(KeyPair key) {
    return "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
        .formatted(
            Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(key.getPublic().getEncoded()));
  }

  private static String pem(X509Certificate certificate) {
    return b64(
        utf8(
            "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
                .formatted(
                    Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(der(certificate)))));
  }

  private static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] joined(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }
}
