package dev.assay.policy.signature;

import dev.assay.policy.signature.Finding.Content;
import dev.assay.policy.signature.Finding.Holds;
import dev.assay.policy.signature.Finding.Refused;
import dev.assay.policy.signature.Finding.SignedBy;

/// A signed payload: that it is a statement, about these bytes.
final class StatementCheck {
  private StatementCheck() {}

  static Finding check(SignedBy by, byte[] payload, Sha256 digest) {
    var read = Statement.read(payload);
    if (read.isEmpty()) {
      return new Refused(
          Check.Format,
          "expected an in-toto statement (v0.1 or v1) about a SHA-256, found something else");
    }
    return read.get().isAbout(digest)
        ? new Holds(by, new Content.About(read.get()))
        : new Refused(
            Check.Digest,
            "expected a statement about %s, found one about %s"
                .formatted(digest, Shown.digests(read.get().subjects())));
  }
}
