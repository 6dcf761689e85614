package dev.assay.policy.signature;

import java.time.Instant;
import java.util.Optional;

/// What one signature turned out to be.
public sealed interface Finding {
  /// It holds, for the digest that was asked about.
  record Holds(SignedBy by, Content content) implements Finding {}

  /// It does not.
  ///
  /// @param message a sentence for people, without any text of the signature but sanitised names
  record Refused(Check check, String message) implements Finding {}

  /// Who made a signature.
  sealed interface SignedBy {
    /// @param fingerprint SHA-256 of the SubjectPublicKeyInfo, `sha256:<hex>`
    record Key(String fingerprint) implements SignedBy {}

    /// @param signedAt when the log or a timestamp authority saw it
    record Identity(String subject, String issuer, Optional<Instant> signedAt)
        implements SignedBy {}
  }

  /// What was signed.
  sealed interface Content {
    /// The bytes themselves, or a payload of cosign's that says no more than their digest.
    record Bytes() implements Content {}

    /// A statement about them.
    record About(Statement statement) implements Content {}
  }

  /// Whether this says "these bytes are mine", and no more: the bytes themselves, or the statement
  /// that cosign 3 makes of an image's signature.
  static boolean plain(Content content) {
    return switch (content) {
      case Content.Bytes() -> true;
      case Content.About(var statement) ->
          statement.predicateType().equals(Statement.COSIGN_SIGNATURE);
    };
  }
}
