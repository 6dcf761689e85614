package dev.assay.operator.signing;

import dev.assay.policy.signature.TrustedKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;

/// A key pair that signs as `cosign sign` does: a statement in an envelope.
public final class SigningKey {
  private static final String TYPE = "application/vnd.in-toto+json";

  private final KeyPair pair;

  public SigningKey() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      pair = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  public String pem() {
    return "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
        .formatted(Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
  }

  public TrustedKey trusted() {
    return switch (TrustedKey.read(pem())) {
      case TrustedKey.Read.Key(var key) -> key;
      case TrustedKey.Read.Unusable(var why) -> throw new AssertionError(why);
    };
  }

  /// A bundle over bytes with this SHA-256.
  public String bundle(String sha256) {
    var payload =
        """
        {"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"sha256":"%s"}}],"predicateType":"https://sigstore.dev/cosign/sign/v1","predicate":{}}\
        """
            .formatted(sha256);
    var encoded = "DSSEv1 %d %s %d %s".formatted(TYPE.length(), TYPE, payload.length(), payload);
    var base64 = Base64.getEncoder();
    return """
    {"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","verificationMaterial":{"publicKey":{"hint":"tests"}},"dsseEnvelope":{"payload":"%s","payloadType":"%s","signatures":[{"sig":"%s"}]}}\
    """
        .formatted(
            base64.encodeToString(payload.getBytes(StandardCharsets.UTF_8)),
            TYPE,
            base64.encodeToString(sign(encoded.getBytes(StandardCharsets.UTF_8))));
  }

  /// ECDSA with SHA-256 over these bytes.
  public byte[] sign(byte[] bytes) {
    try {
      var signer = Signature.getInstance("SHA256withECDSA");
      signer.initSign(pair.getPrivate());
      signer.update(bytes);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
