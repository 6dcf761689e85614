package dev.assay.policy.signature;

import static dev.assay.policy.signature.KeySignatureTest.keys;
import static dev.assay.policy.signature.OfflineSigstore.json;
import static dev.assay.policy.signature.OfflineSigstore.utf8;

import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Rules, and what stands beside images, for the tests of other packages.
public final class ImageEvidence {
  private static final OfflineSigstore SIGSTORE = new OfflineSigstore();

  private ImageEvidence() {}

  public static KeyPair key() {
    return OfflineSigstore.ec();
  }

  public static Rule rule(String name, KeyPair key, String... predicateTypes) {
    var statements =
        Stream.of(predicateTypes)
            .map(type -> new Rule.StatementRule(type, Optional.empty()))
            .toList();
    return new Rule(name, keys(key), statements, true);
  }

  public static Evidence older(Sha256 digest, KeyPair key) {
    var payload = SimpleSigningTest.payload(digest.toString());
    return Evidence.SimpleSigning.of(utf8(payload), SimpleSigningTest.signed(payload, key));
  }

  public static Evidence newer(Sha256 digest, String predicateType, KeyPair key) {
    var statement = KeySignatureTest.statement("v1", predicateType, digest.hex(), "{}");
    return new Evidence.Text(KeySignatureTest.signed(statement, key));
  }

  /// As a machine with a certificate signs with cosign 3.
  public static Evidence keyless(Sha256 digest) {
    var statement =
        KeySignatureTest.statement("v1", Statement.COSIGN_SIGNATURE, digest.hex(), "{}");
    return new Evidence.Text(json(SIGSTORE.statement(statement, OfflineSigstore.How.HONEST)));
  }

  public static Rule keylessRule(String name) {
    var pattern =
        new IdentityPattern(
            new IdentityPattern.Part.Exact(OfflineSigstore.ISSUER),
            new IdentityPattern.Part.Exact(OfflineSigstore.SUBJECT));
    var signer = new Signer.Identities(List.of(pattern), KeylessSignatureTest.root(SIGSTORE));
    return new Rule(name, signer, List.of(), true);
  }
}
