package dev.assay.policy.signature;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// What a key signed, in any of the forms that cosign writes.
sealed interface Envelope {
  /// A signature over bytes.
  ///
  /// @param algorithm of the digest that stands beside it, empty when none does
  /// @param digest that digest
  record OverBytes(Optional<String> algorithm, ByteString digest, ByteString signature)
      implements Envelope {}

  /// A DSSE envelope: https://github.com/secure-systems-lab/dsse/blob/master/envelope.md
  record Dsse(String payloadType, ByteString payload, List<ByteString> signatures)
      implements Envelope {
    /// What is signed (DSSE's pre-authentication encoding).
    byte[] encoded() {
      var type = payloadType.getBytes(StandardCharsets.UTF_8);
      var head =
          "DSSEv1 %d %s %d "
              .formatted(type.length, payloadType, payload.size())
              .getBytes(StandardCharsets.UTF_8);
      var all = new byte[head.length + payload.size()];
      System.arraycopy(head, 0, all, 0, head.length);
      payload.copyTo(all, head.length);
      return all;
    }
  }

  /// It has no form that a key's signature has.
  ///
  /// @param why continues "expected a cosign signature, found …"
  record Unknown(String why) implements Envelope {}

  static Envelope read(String text) {
    return text.stripLeading().startsWith("{")
        ? SafeJson.read(text.getBytes(StandardCharsets.UTF_8))
            .map(Envelope::read)
            .orElseGet(() -> new Unknown("JSON that is malformed, or has a name twice"))
        : bare(text);
  }

  /// `cosign sign-blob --output-signature`: base64 alone.
  private static Envelope bare(String text) {
    return decoded(text.strip())
        .<Envelope>map(signature -> new OverBytes(Optional.empty(), ByteString.EMPTY, signature))
        .orElseGet(() -> new Unknown("neither JSON nor base64"));
  }

  private static Envelope read(JsonNode json) {
    if (json.has("base64Signature")) { // cosign 2's --bundle
      return bare(json.path("base64Signature").asText(""));
    }
    if (!json.path("mediaType").asText("").startsWith("application/vnd.dev.sigstore.bundle")) {
      return new Unknown("a mediaType that is no Sigstore bundle's");
    }
    if (json.has("messageSignature") == json.has("dsseEnvelope")) {
      return new Unknown("a bundle without exactly one of messageSignature and dsseEnvelope");
    }
    return json.has("messageSignature")
        ? overBytes(json.path("messageSignature"))
        : dsse(json.path("dsseEnvelope"));
  }

  private static Envelope overBytes(JsonNode json) {
    var digest = json.path("messageDigest");
    var value = decoded(digest.path("digest").asText(""));
    var signature = decoded(json.path("signature").asText(""));
    return signature.isPresent() && value.isPresent()
        ? new OverBytes(
            Optional.of(digest.path("algorithm").asText("")), value.get(), signature.get())
        : new Unknown("a messageSignature without digest and signature in base64");
  }

  private static Envelope dsse(JsonNode json) {
    var payload = decoded(json.path("payload").asText(""));
    var signatures = new ArrayList<ByteString>();
    for (var signature : json.path("signatures")) {
      decoded(signature.path("sig").asText("")).ifPresent(signatures::add);
    }
    if (payload.isEmpty() || signatures.isEmpty()) {
      return new Unknown("a dsseEnvelope without payload and signatures in base64");
    }
    return signatures.size() > Limits.SIGNATURES
        ? new Unknown("more than %d signatures in one envelope".formatted(Limits.SIGNATURES))
        : new Dsse(json.path("payloadType").asText(""), payload.get(), signatures);
  }

  private static Optional<ByteString> decoded(String base64) {
    try {
      var bytes = ByteString.copyFrom(Base64.getDecoder().decode(base64));
      return bytes.isEmpty() ? Optional.empty() : Optional.of(bytes);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
