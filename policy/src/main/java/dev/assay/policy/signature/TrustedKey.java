package dev.assay.policy.signature;

import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A public key that a policy trusts: ECDSA P-256 or P-384, Ed25519, or RSA of 2048 bits and more.
///
/// @param fingerprint SHA-256 of the SubjectPublicKeyInfo, `sha256:<hex>`; the hint of cosign's
///   bundles is the same in base64
/// @param pem SubjectPublicKeyInfo, as `cosign generate-key-pair` writes it
public record TrustedKey(String fingerprint, String pem, PublicKey key) {
  private static final Pattern PEM =
      Pattern.compile(
          "\\s*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----\\s*");
  private static final List<String> ALGORITHMS = List.of("EC", "Ed25519", "RSA");

  /// The result of reading a key.
  public sealed interface Read {
    record Key(TrustedKey key) implements Read {}

    record Unusable(String message) implements Read {}
  }

  public static Read read(String pem) {
    var matcher = PEM.matcher(pem);
    if (!matcher.matches()) {
      return new Read.Unusable(
          "expected one PUBLIC KEY in PEM, as cosign generate-key-pair writes it");
    }
    try {
      var der = Base64.getMimeDecoder().decode(matcher.group(1));
      return decoded(der)
          .<Read>map(key -> judged(key, der, pem))
          .orElseGet(() ->
              new Read.Unusable("expected a key of ECDSA, Ed25519 or RSA, found another kind"));
    } catch (IllegalArgumentException e) {
      return new Read.Unusable("the PEM is not base64");
    }
  }

  private static Optional<PublicKey> decoded(byte[] der) {
    for (var algorithm : ALGORITHMS) {
      try {
        return Optional.of(factory(algorithm).generatePublic(new X509EncodedKeySpec(der)));
      } catch (InvalidKeySpecException e) {
        // another algorithm's
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("the JDK lacks " + algorithm, e);
      }
    }
    return Optional.empty();
  }

  private static KeyFactory factory(String algorithm) throws NoSuchAlgorithmException {
    return algorithm.equals("EC")
        ? KeyFactory.getInstance(algorithm, EllipticCurves.PROVIDER)
        : KeyFactory.getInstance(algorithm);
  }

  private static Read judged(PublicKey key, byte[] der, String pem) {
    return switch (key) {
      case RSAPublicKey rsa when rsa.getModulus().bitLength() < Limits.RSA_BITS ->
          new Read.Unusable(
              "expected RSA of at least %d bits, found %d"
                  .formatted(Limits.RSA_BITS, rsa.getModulus().bitLength()));
      case ECPublicKey ec when bits(ec) != 256 && bits(ec) != 384 ->
          new Read.Unusable(
              "expected ECDSA over P-256 or P-384, found %d bits".formatted(bits(ec)));
      default -> new Read.Key(new TrustedKey(fingerprint(der), pem.strip(), key));
    };
  }

  private static int bits(ECPublicKey key) {
    return key.getParams().getCurve().getField().getFieldSize();
  }

  private static String fingerprint(byte[] der) {
    try {
      return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JDK lacks SHA-256", e);
    }
  }
}
