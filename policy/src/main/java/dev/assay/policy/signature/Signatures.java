package dev.assay.policy.signature;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.HexFormat;

/// The cryptography of a key's signature.
final class Signatures {
  /// DER of `DigestInfo{sha256, NULL}` up to the digest (RFC 8017, 9.2, note 1).
  private static final byte[] SHA256_DIGEST_INFO =
      HexFormat.of().parseHex("3031300d060960864801650304020105000420");

  private Signatures() {}

  /// Whether the key signed bytes with this SHA-256. Ed25519 signs the bytes themselves, so nothing
  /// can be said of it by digest.
  static boolean overDigest(PublicKey key, Sha256 digest, byte[] signature) {
    return switch (key) {
      case ECPublicKey _ -> holds("NONEwithECDSA", key, digest.bytes(), signature);
      case RSAPublicKey _ ->
          holds("NONEwithRSA", key, joined(SHA256_DIGEST_INFO, digest.bytes()), signature);
      default -> false;
    };
  }

  /// Whether the key signed this message. ECDSA over P-384 may have used either of its digests:
  /// cosign 2 took SHA-256 for every curve, cosign 3 takes the curve's own.
  static boolean overMessage(PublicKey key, byte[] message, byte[] signature) {
    return switch (key) {
      case ECPublicKey _ ->
          holds("SHA256withECDSA", key, message, signature)
              || holds("SHA384withECDSA", key, message, signature);
      case RSAPublicKey _ -> holds("SHA256withRSA", key, message, signature);
      default -> holds("Ed25519", key, message, signature);
    };
  }

  private static byte[] joined(byte[] first, byte[] second) {
    var all = new byte[first.length + second.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static boolean holds(String algorithm, PublicKey key, byte[] message, byte[] signature) {
    try {
      var verifier =
          key instanceof ECPublicKey
              ? Signature.getInstance(algorithm, EllipticCurves.PROVIDER)
              : Signature.getInstance(algorithm);
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // a malformed signature is no signature
    }
  }
}
