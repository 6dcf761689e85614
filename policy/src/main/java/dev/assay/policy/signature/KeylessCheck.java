package dev.assay.policy.signature;

import dev.assay.policy.signature.Finding.Content;
import dev.assay.policy.signature.Finding.Holds;
import dev.assay.policy.signature.Finding.Refused;
import dev.assay.policy.signature.Finding.SignedBy;
import dev.sigstore.KeylessVerificationException;
import dev.sigstore.VerificationOptions;
import dev.sigstore.bundle.Bundle;
import dev.sigstore.bundle.BundleParseException;
import java.io.StringReader;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;

/// Signatures without a key: certificate, log entry and timestamps by sigstore-java, then the
/// identity by the policy's patterns. Everything that is decided is read from what the library has
/// verified, never from a second reading of the text.
final class KeylessCheck {
  private KeylessCheck() {}

  static Finding check(Signer.Identities signer, String text, Sha256 digest) {
    try {
      var bundle = Bundle.from(new StringReader(text));
      signer.root().verifier().verify(digest.bytes(), bundle, VerificationOptions.empty());
      return verified(signer, bundle, digest);
    } catch (BundleParseException e) {
      return new Refused(
          Check.Format,
          "expected a Sigstore bundle with certificate and log entry, found none: "
              + Shown.word(String.valueOf(e.getMessage())));
    } catch (KeylessVerificationException e) {
      return new Refused(Check.Keyless, Shown.word(String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      // The library has unchecked exceptions for some malformed bundles, such as one with neither
      // a promise nor a timestamp.
      return new Refused(
          Check.Keyless, "it cannot be verified: " + Shown.word(String.valueOf(e.getMessage())));
    }
  }

  private static Finding verified(Signer.Identities signer, Bundle bundle, Sha256 digest) {
    var leaf = (X509Certificate) bundle.getCertPath().getCertificates().getFirst();
    var subject = CertificateNames.subject(leaf);
    var issuer = CertificateNames.issuer(leaf);
    if (subject.isEmpty() || issuer.isEmpty()) {
      return new Refused(
          Check.Identity,
          "expected a certificate with one subject alternative name and an issuer, found none");
    }
    var found = new SignedBy.Identity(subject.get(), issuer.get(), signedAt(bundle));
    if (signer.patterns().stream().noneMatch(pattern -> pattern.matches(found))) {
      return new Refused(
          Check.Identity,
          "expected a signature by %s, found one by %s of %s"
              .formatted(
                  signer.patterns().getFirst().wanted(),
                  Shown.word(found.subject()),
                  Shown.word(found.issuer())));
    }
    return content(found, bundle, digest);
  }

  private static Finding content(SignedBy by, Bundle bundle, Sha256 digest) {
    var envelope = bundle.getDsseEnvelope();
    if (envelope.isEmpty()) {
      return new Holds(by, new Content.Bytes());
    }
    return envelope.get().getPayloadType().equals(Statement.PAYLOAD_TYPE)
        ? StatementCheck.check(by, envelope.get().getPayload(), digest)
        : new Refused(
            Check.Format,
            "expected payloadType %s, found %s"
                .formatted(Statement.PAYLOAD_TYPE, Shown.word(envelope.get().getPayloadType())));
  }

  // A Rekor v2 entry has no time of its own: then a timestamp authority's is what was verified.
  private static Optional<Instant> signedAt(Bundle bundle) {
    return bundle.getEntries().stream()
        .map(entry -> entry.getIntegratedTimeInstant())
        .filter(time -> time.isAfter(Instant.EPOCH))
        .findFirst();
  }
}
