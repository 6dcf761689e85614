package dev.assay.policy.signature;

import dev.assay.policy.signature.Finding.Content;
import dev.assay.policy.signature.Finding.Holds;
import dev.assay.policy.signature.Finding.Refused;
import dev.assay.policy.signature.Finding.SignedBy;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Signatures by a key that the policy names. The key is the whole trust: entries of a transparency
/// log beside it are neither asked for nor believed, and the bundle's own hint chooses nothing.
final class KeyCheck {
  private static final String SHA2_256 = "SHA2_256";

  private KeyCheck() {}

  static Finding check(List<TrustedKey> keys, String text, Sha256 digest) {
    return switch (Envelope.read(text)) {
      case Envelope.Unknown(var why) ->
          new Refused(Check.Format, "expected a cosign signature, found " + why);
      case Envelope.OverBytes bytes -> overBytes(keys, bytes, digest);
      case Envelope.Dsse dsse -> dsse(keys, dsse, digest);
    };
  }

  private static Finding overBytes(
      List<TrustedKey> keys, Envelope.OverBytes signed, Sha256 digest) {
    var algorithm = signed.algorithm();
    if (algorithm.isPresent() && !algorithm.get().equals(SHA2_256)) {
      return new Refused(
          Check.Algorithm,
          "expected a signature over SHA2_256, found %s; sign with a key of ECDSA P-256 or RSA, or attest: cosign attest-blob"
              .formatted(Shown.word(algorithm.get())));
    }
    if (algorithm.isPresent() && !Arrays.equals(signed.digest().toByteArray(), digest.bytes())) {
      return new Refused(
          Check.Digest,
          "expected a signature of %s, found one of %s"
              .formatted(digest, Shown.hex(signed.digest().toByteArray())));
    }
    if (keys.stream().noneMatch(KeyCheck::signsDigests)) {
      return new Refused(
          Check.Algorithm,
          "an Ed25519 signature of bytes cannot be checked by their digest; attest instead: cosign attest-blob");
    }
    return by(
            keys, key -> Signatures.overDigest(key.key(), digest, signed.signature().toByteArray()))
        .<Finding>map(key -> new Holds(key, new Content.Bytes()))
        .orElseGet(() -> otherKey(keys));
  }

  private static boolean signsDigests(TrustedKey key) {
    return key.key() instanceof ECPublicKey || key.key() instanceof RSAPublicKey;
  }

  private static Finding dsse(List<TrustedKey> keys, Envelope.Dsse dsse, Sha256 digest) {
    if (!dsse.payloadType().equals(Statement.PAYLOAD_TYPE)) {
      return new Refused(
          Check.Format,
          "expected payloadType %s, found %s"
              .formatted(Statement.PAYLOAD_TYPE, Shown.word(dsse.payloadType())));
    }
    var message = dsse.encoded();
    var signer =
        by(
            keys,
            key ->
                dsse.signatures().stream()
                    .anyMatch(
                        sig -> Signatures.overMessage(key.key(), message, sig.toByteArray())));
    // Nothing of the payload is looked at before its signature holds.
    return signer
        .map(key -> StatementCheck.check(key, dsse.payload().toByteArray(), digest))
        .orElseGet(() -> otherKey(keys));
  }

  static Optional<SignedBy> by(List<TrustedKey> keys, Predicate<TrustedKey> signed) {
    return keys.stream().filter(signed).findFirst().map(key -> new SignedBy.Key(key.fingerprint()));
  }

  static Finding otherKey(List<TrustedKey> keys) {
    return new Refused(
        Check.Key,
        "none of the policy's %d keys (%s) made it"
            .formatted(keys.size(), Shown.fingerprints(keys)));
  }
}
