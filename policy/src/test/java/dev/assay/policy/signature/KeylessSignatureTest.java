package dev.assay.policy.signature;

import static dev.assay.policy.signature.KeySignatureTest.check;
import static dev.assay.policy.signature.KeySignatureTest.digestOf;
import static dev.assay.policy.signature.KeySignatureTest.statement;
import static dev.assay.policy.signature.OfflineSigstore.ISSUER;
import static dev.assay.policy.signature.OfflineSigstore.SIGNED_AT;
import static dev.assay.policy.signature.OfflineSigstore.SUBJECT;
import static dev.assay.policy.signature.OfflineSigstore.json;
import static dev.assay.policy.signature.OfflineSigstore.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.policy.signature.Finding.Content;
import dev.assay.policy.signature.Finding.Holds;
import dev.assay.policy.signature.Finding.Refused;
import dev.assay.policy.signature.Finding.SignedBy;
import dev.assay.policy.signature.IdentityPattern.Part;
import dev.assay.policy.signature.OfflineSigstore.How;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeylessSignatureTest {
  private static final byte[] BYTES = utf8("the bytes");
  private static final Sha256 DIGEST = digestOf(BYTES);
  private static final OfflineSigstore SIGSTORE = new OfflineSigstore();
  private static final TrustRoot ROOT = root(SIGSTORE);
  private static final IdentityPattern EXACT =
      new IdentityPattern(new Part.Exact(ISSUER), new Part.Exact(SUBJECT));

  @Test
  void theIdentityAndTheTimeAreNamed() {
    assertThat(found(blob(How.HONEST), EXACT))
        .isEqualTo(
            new Holds(
                new SignedBy.Identity(SUBJECT, ISSUER, Optional.of(SIGNED_AT)),
                new Content.Bytes()));
  }

  @Test
  void anEntryOfTheNewerLogHoldsByItsTimestamp() {
    assertThat(found(blob(How.HONEST.inTheNewerLog()), EXACT))
        .isEqualTo(
            new Holds(
                new SignedBy.Identity(SUBJECT, ISSUER, Optional.empty()), new Content.Bytes()));
  }

  @Test
  void aStatementHolds() {
    var text = statement("v1", "https://slsa.dev/provenance/v1", DIGEST.hex(), "{\"a\":1}");

    var found = found(json(SIGSTORE.statement(text, How.HONEST)), EXACT);

    assertThat(found).as(found.toString()).isInstanceOf(Holds.class);
    assertThat(((Holds) found).content()).isInstanceOf(Content.About.class);
  }

  @Test
  void anotherArtifactsValidBundleIsRefused() {
    var others = utf8("other bytes");

    assertThat(check(found(json(SIGSTORE.blob(others, How.HONEST)), EXACT)))
        .isEqualTo(Check.Keyless);
    var about = statement("v1", "p", digestOf(others).hex(), "{}");
    assertThat(check(found(json(SIGSTORE.statement(about, How.HONEST)), EXACT)))
        .isEqualTo(Check.Keyless);
  }

  @Test
  void anotherIdentityIsRefusedByName() {
    var mallory = How.HONEST.by("mallory@example.test", "https://accounts.example.test");

    assertThat(found(blob(mallory), EXACT))
        .isEqualTo(
            new Refused(
                Check.Identity,
                "expected a signature by '%s' of '%s', found one by 'mallory@example.test' of 'https://accounts.example.test'"
                    .formatted(SUBJECT, ISSUER)));
    assertThat(check(found(blob(How.HONEST.by(SUBJECT, ISSUER + "/other")), EXACT)))
        .isEqualTo(Check.Identity);
    assertThat(check(found(blob(How.HONEST.by(SUBJECT + "2", ISSUER)), EXACT)))
        .isEqualTo(Check.Identity);
  }

  @Test
  void aLooseExpressionDoesNotLetAnotherIssuerIn() {
    var loose = pattern("https://token\\.actions\\.githubusercontent\\.com", ".*");

    assertThat(found(blob(How.HONEST), loose)).isInstanceOf(Holds.class);
    for (var issuer :
        List.of(ISSUER + ".evil.example", "https://evil.example/?" + ISSUER, ISSUER + "\n")) {
      assertThat(check(found(blob(How.HONEST.by(SUBJECT, issuer)), loose)))
          .as(issuer)
          .isEqualTo(Check.Identity);
    }
    var repository = pattern(".*", "https://github\\.com/acme/.*");
    assertThat(found(blob(How.HONEST), repository)).isInstanceOf(Holds.class);
    assertThat(
            check(
                found(
                    blob(How.HONEST.by("https://evil.example/https://github.com/acme/", ISSUER)),
                    repository)))
        .isEqualTo(Check.Identity);
  }

  @Test
  void anExpiredCertificateIsRefusedWhateverTheClockSays() {
    assertThat(check(found(blob(How.HONEST.afterwards(Duration.ofHours(1))), EXACT)))
        .isEqualTo(Check.Keyless);
    assertThat(check(found(blob(How.HONEST.afterwards(Duration.ofHours(-1))), EXACT)))
        .isEqualTo(Check.Keyless);
    // Neither the log's promise nor a timestamp says when it was made.
    assertThat(found(blob(How.HONEST.withoutTimes()), EXACT)).isInstanceOf(Refused.class);
  }

  @Test
  void aLogEntryThatIsNotIncludedIsRefused() {
    assertThat(check(found(blob(How.HONEST.notIncluded()), EXACT))).isEqualTo(Check.Keyless);
  }

  @Test
  void aSigstoreThatIsNotTrustedIsRefused() {
    var other = new OfflineSigstore();

    assertThat(check(found(json(other.blob(BYTES, How.HONEST)), EXACT))).isEqualTo(Check.Keyless);
  }

  @Test
  void aKeysBundleIsNoKeylessOne() {
    var key = OfflineSigstore.ec();
    var bundle =
        KeySignatureTest.bundle(
            "SHA2_256",
            OfflineSigstore.sha256(BYTES),
            OfflineSigstore.sign("SHA256withECDSA", key.getPrivate(), BYTES));

    assertThat(check(found(bundle, EXACT))).isEqualTo(Check.Format);
    assertThat(check(found("", EXACT))).isEqualTo(Check.Format);
    assertThat(check(found("AAAA", EXACT))).isEqualTo(Check.Format);
  }

  @Test
  void randomDamageNeverThrowsNorHoldsForOtherBytes() {
    var seed = System.nanoTime();
    var random = new Random(seed);
    var good = blob(How.HONEST);
    var other = digestOf(utf8("never signed"));
    for (var i = 0; i < 300; i++) {
      var text = new StringBuilder(good);
      for (var change = random.nextInt(1, 4); change > 0; change--) {
        text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(32, 127));
      }
      assertThat(SignatureCheck.check(signer(EXACT), text.toString(), other))
          .as("seed %d, round %d", seed, i)
          .isInstanceOf(Refused.class);
    }
  }

  @Test
  void aTrustRootThatIsNoneIsToldSo() {
    for (var text : List.of("", "{}", "[", "{\"mediaType\":1}")) {
      assertThat(TrustRoot.read(text)).as(text).isInstanceOf(TrustRoot.Read.Unusable.class);
    }
  }

  static TrustRoot root(OfflineSigstore sigstore) {
    return switch (TrustRoot.read(sigstore.trustedRoot())) {
      case TrustRoot.Read.Root(var read) -> read;
      case TrustRoot.Read.Unusable(var why) -> throw new AssertionError(why);
    };
  }

  private static IdentityPattern pattern(String issuer, String subject) {
    return new IdentityPattern(
        IdentityPattern.expression(issuer).orElseThrow(),
        IdentityPattern.expression(subject).orElseThrow());
  }

  private static String blob(How how) {
    return json(SIGSTORE.blob(BYTES, how));
  }

  private static Signer.Identities signer(IdentityPattern pattern) {
    return new Signer.Identities(List.of(pattern), ROOT);
  }

  private static Finding found(String text, IdentityPattern pattern) {
    return SignatureCheck.check(signer(pattern), text, DIGEST);
  }
}
