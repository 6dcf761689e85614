package dev.assay.policy.signature;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// An in-toto statement, v0.1 or v1: https://github.com/in-toto/attestation/tree/main/spec
///
/// @param subjects SHA-256 of everything that it is about, hexadecimal
public record Statement(String predicateType, Set<String> subjects, JsonNode predicate) {
  public static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

  /// What cosign 3 signs images with.
  public static final String COSIGN_SIGNATURE = "https://sigstore.dev/cosign/sign/v1";

  private static final Set<String> TYPES =
      Set.of("https://in-toto.io/Statement/v0.1", "https://in-toto.io/Statement/v1");

  /// Empty when the payload is no statement about anything with a SHA-256.
  static Optional<Statement> read(byte[] payload) {
    return SafeJson.read(payload).flatMap(Statement::read);
  }

  private static Optional<Statement> read(JsonNode json) {
    var predicateType = json.path("predicateType").asText("");
    var predicate = json.path("predicate");
    var subjects = new HashSet<String>();
    for (var subject : json.path("subject")) {
      var sha256 = subject.path("digest").path("sha256");
      if (sha256.isTextual()) {
        subjects.add(sha256.asText());
      }
    }
    var known = TYPES.contains(json.path("_type").asText(""));
    return known && !predicateType.isEmpty() && !subjects.isEmpty()
        ? Optional.of(new Statement(predicateType, Set.copyOf(subjects), predicate))
        : Optional.empty();
  }

  boolean isAbout(Sha256 digest) {
    return subjects.contains(digest.hex());
  }
}
