package dev.assay.policy.signature;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.policy.signature.Finding.Content;
import dev.assay.policy.signature.Finding.Holds;
import dev.assay.policy.signature.Finding.Refused;
import dev.assay.policy.signature.Finding.SignedBy;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Signatures of images as cosign made them before version 3.
///
/// Those of certificates are refused: what cosign keeps of the log beside them has a promise and no
/// inclusion proof, without which sigstore-java reads no bundle, and with less than that we trust
/// none. The repository that the payload names is not compared, as in cosign: an image that was
/// copied keeps its signatures.
final class SimpleSigningCheck {
  private static final String TYPE = "cosign container image signature";

  private SimpleSigningCheck() {}

  static Finding check(Signer signer, Evidence.SimpleSigning signed, Sha256 digest) {
    if (signed.payload().size() > Limits.PAYLOAD_BYTES) {
      return new Refused(
          Check.Size,
          "expected a payload of at most %d bytes, found %d"
              .formatted(Limits.PAYLOAD_BYTES, signed.payload().size()));
    }
    return switch (signer) {
      case Signer.Keys(var keys, var _) -> byKey(keys, signed, digest);
      case Signer.Identities _ ->
          new Refused(
              Check.Format,
              "expected a Sigstore bundle, found a signature of cosign's older format, which is verified by keys alone; sign with cosign 3, or with --new-bundle-format");
    };
  }

  private static Finding byKey(
      List<TrustedKey> keys, Evidence.SimpleSigning signed, Sha256 digest) {
    var signature = decoded(signed.signature());
    if (signature.isEmpty()) {
      return new Refused(Check.Format, "expected a signature in base64, found something else");
    }
    var payload = signed.payload().toByteArray();
    // Nothing of the payload is looked at before its signature holds.
    return KeyCheck.by(keys, key -> Signatures.overMessage(key.key(), payload, signature.get()))
        .map(key -> about(key, payload, digest))
        .orElseGet(() -> KeyCheck.otherKey(keys));
  }

  private static Finding about(SignedBy by, byte[] payload, Sha256 digest) {
    var critical = SafeJson.read(payload).map(json -> json.path("critical"));
    if (critical.map(json -> json.path("type").asText("")).filter(TYPE::equals).isEmpty()) {
      return new Refused(
          Check.Format, "expected a payload of type '%s', found something else".formatted(TYPE));
    }
    var found =
        critical
            .map(json -> json.path("image").path("docker-manifest-digest"))
            .filter(JsonNode::isTextual)
            .map(JsonNode::asText)
            .orElse("");
    return found.equals(digest.toString())
        ? new Holds(by, new Content.Bytes())
        : new Refused(
            Check.Digest,
            "expected a signature of %s, found one of %s".formatted(digest, Shown.word(found)));
  }

  private static Optional<byte[]> decoded(String base64) {
    try {
      var bytes = Base64.getDecoder().decode(base64);
      return bytes.length == 0 ? Optional.empty() : Optional.of(bytes);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
