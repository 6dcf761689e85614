package dev.assay.policy.signature;

import static dev.assay.policy.signature.OfflineSigstore.b64;
import static dev.assay.policy.signature.OfflineSigstore.encoded;
import static dev.assay.policy.signature.OfflineSigstore.json;
import static dev.assay.policy.signature.OfflineSigstore.pair;
import static dev.assay.policy.signature.OfflineSigstore.pem;
import static dev.assay.policy.signature.OfflineSigstore.sha256;
import static dev.assay.policy.signature.OfflineSigstore.sign;
import static dev.assay.policy.signature.OfflineSigstore.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.policy.signature.Finding.Content;
import dev.assay.policy.signature.Finding.Holds;
import dev.assay.policy.signature.Finding.Refused;
import dev.assay.policy.signature.Finding.SignedBy;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeySignatureTest {
  private static final byte[] BYTES = utf8("the bytes");
  private static final Sha256 DIGEST = digestOf(BYTES);
  private static final KeyPair KEY = pair("EC", "secp256r1");
  private static final KeyPair OTHER = pair("EC", "secp256r1");

  @ParameterizedTest
  @CsvSource({
    "EC, secp256r1, SHA256withECDSA",
    "EC, secp384r1, SHA256withECDSA",
    "RSA, '', SHA256withRSA"
  })
  void aBundleOfTheBytesHolds(String algorithm, String curve, String signing) {
    var key = pair(algorithm, curve);

    var bundle = bundle("SHA2_256", sha256(BYTES), sign(signing, key.getPrivate(), BYTES));

    assertThat(found(bundle, key))
        .isEqualTo(new Holds(new SignedBy.Key(trusted(key).fingerprint()), new Content.Bytes()));
  }

  @ParameterizedTest
  @CsvSource({
    "EC, secp256r1, SHA256withECDSA",
    "EC, secp384r1, SHA256withECDSA",
    "EC, secp384r1, SHA384withECDSA",
    "RSA, '', SHA256withRSA",
    "Ed25519, '', Ed25519"
  })
  void aStatementAboutTheBytesHolds(String algorithm, String curve, String signing) {
    var key = pair(algorithm, curve);
    var statement = statement("v1", Statement.COSIGN_SIGNATURE, DIGEST.hex(), "{}");

    var found =
        found(dsse(statement, sign(signing, key.getPrivate(), encoded(utf8(statement)))), key);

    assertThat(found).isInstanceOf(Holds.class);
    assertThat(Finding.plain(((Holds) found).content())).isTrue();
  }

  @Test
  void theOlderFormsHold() {
    var signature = b64(sign("SHA256withECDSA", KEY.getPrivate(), BYTES));

    assertThat(found(signature, KEY)).isInstanceOf(Holds.class);
    assertThat(found(signature + "\n", KEY)).isInstanceOf(Holds.class);
    assertThat(found(json(Map.of("base64Signature", signature)), KEY)).isInstanceOf(Holds.class);
    var old = statement("v0.1", "https://slsa.dev/provenance/v1", DIGEST.hex(), "{}");
    assertThat(found(signed(old, KEY), KEY)).isInstanceOf(Holds.class);
  }

  @Test
  void anotherArtifactsValidBundleIsRefused() {
    var others = utf8("other bytes");
    var bundle =
        bundle("SHA2_256", sha256(others), sign("SHA256withECDSA", KEY.getPrivate(), others));

    assertThat(found(bundle, KEY))
        .isEqualTo(
            new Refused(
                Check.Digest,
                "expected a signature of %s, found one of %s".formatted(DIGEST, digestOf(others))));
    // The digest beside the signature is only a claim.
    var lying =
        bundle("SHA2_256", sha256(BYTES), sign("SHA256withECDSA", KEY.getPrivate(), others));
    assertThat(check(found(lying, KEY))).isEqualTo(Check.Key);
    var statement = statement("v1", Statement.COSIGN_SIGNATURE, digestOf(others).hex(), "{}");
    assertThat(check(found(signed(statement, KEY), KEY))).isEqualTo(Check.Digest);
  }

  @Test
  void aTamperedPayloadIsRefused() {
    var honest = statement("v1", "https://slsa.dev/provenance/v1", DIGEST.hex(), "{\"a\":1}");
    var signature = sign("SHA256withECDSA", KEY.getPrivate(), encoded(utf8(honest)));

    assertThat(check(found(dsse(honest.replace(":1}", ":2}"), signature), KEY)))
        .isEqualTo(Check.Key);
    // Signed as something else than an in-toto payload: DSSE's type is part of what is signed.
    var asText = dsse(honest, signature).replace("in-toto", "plain");
    assertThat(check(found(asText, KEY))).isEqualTo(Check.Format);
    var raw = sign("SHA256withECDSA", KEY.getPrivate(), utf8(honest));
    assertThat(check(found(dsse(honest, raw), KEY))).isEqualTo(Check.Key);
  }

  @Test
  void aKeyThatIsNotInThePolicyIsRefusedByName() {
    var bundle =
        bundle("SHA2_256", sha256(BYTES), sign("SHA256withECDSA", OTHER.getPrivate(), BYTES));

    assertThat(found(bundle, KEY))
        .isEqualTo(
            new Refused(
                Check.Key,
                "none of the policy's 1 keys (%s) made it".formatted(trusted(KEY).fingerprint())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHA1", "SHA2_384", "SHA2_512", "HASH_ALGORITHM_UNSPECIFIED", ""})
  void anotherDigestThanSha256IsRefused(String algorithm) {
    var bundle = bundle(algorithm, sha256(BYTES), sign("SHA256withECDSA", KEY.getPrivate(), BYTES));

    assertThat(check(found(bundle, KEY))).isEqualTo(Check.Algorithm);
  }

  @Test
  void weakerSignaturesOfTheSameBytesAreRefused() {
    var rsa = pair("RSA", "");

    for (var weak : List.of("SHA1withRSA", "MD5withRSA", "SHA224withRSA")) {
      var signature = sign(weak, rsa.getPrivate(), BYTES);
      assertThat(check(found(bundle("SHA2_256", sha256(BYTES), signature), rsa)))
          .as(weak)
          .isEqualTo(Check.Key);
    }
    var statement = statement("v1", Statement.COSIGN_SIGNATURE, DIGEST.hex(), "{}");
    var sha1 = sign("SHA1withECDSA", KEY.getPrivate(), encoded(utf8(statement)));
    assertThat(check(found(dsse(statement, sha1), KEY))).isEqualTo(Check.Key);
  }

  @Test
  void anEd25519SignatureOfBytesIsToldApart() {
    var key = pair("Ed25519", "");
    var signature = sign("Ed25519", key.getPrivate(), BYTES);

    assertThat(found(b64(signature), key))
        .isEqualTo(
            new Refused(
                Check.Algorithm,
                "an Ed25519 signature of bytes cannot be checked by their digest; attest instead: cosign attest-blob"));
  }

  @Test
  void hugeAndMalformedTextIsRefusedAndNeverThrows() {
    assertThat(SignatureCheck.check(keys(KEY), "{".repeat((1 << 20) + 1), DIGEST))
        .isEqualTo(new Refused(Check.Size, "expected at most 1048576 bytes, found 1048577"));
    for (var text :
        List.of(
            "",
            "{",
            "{}",
            "[]",
            "not base64!",
            "{\"a\":".repeat(500),
            "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\"}",
            json(Map.of("base64Signature", "")),
            bundle("SHA2_256", sha256(BYTES), new byte[0]),
            bundle("SHA2_256", new byte[0], new byte[] {1}),
            // Two readers would understand two things.
            "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",\"messageSignature\":{},\"messageSignature\":{}}")) {
      assertThat(check(found(text, KEY))).as(text).isEqualTo(Check.Format);
    }
    var many = new ArrayList<Map<String, String>>();
    for (var i = 0; i < 9; i++) {
      many.add(Map.of("sig", "AAAA"));
    }
    var flooding =
        json(
            Map.of(
                "mediaType",
                "application/vnd.dev.sigstore.bundle.v0.3+json",
                "dsseEnvelope",
                Map.of(
                    "payload", "e30=", "payloadType", Statement.PAYLOAD_TYPE, "signatures", many)));
    assertThat(check(found(flooding, KEY))).isEqualTo(Check.Format);
  }

  @Test
  void whatIsSignedMustBeAStatementAboutSomething() {
    for (var payload :
        List.of(
            "{}",
            "no json",
            statement("v9", "p", DIGEST.hex(), "{}"),
            statement("v1", "", DIGEST.hex(), "{}"),
            "{\"_type\":\"https://in-toto.io/Statement/v1\",\"predicateType\":\"p\",\"subject\":[]}",
            "{\"_type\":\"https://in-toto.io/Statement/v1\",\"predicateType\":\"p\",\"subject\":[{\"digest\":{\"sha512\":\"ab\"}}]}")) {
      assertThat(check(found(signed(payload, KEY), KEY))).as(payload).isEqualTo(Check.Format);
    }
  }

  /// Bits and bytes of good bundles changed at random: nothing but an unchanged meaning holds, and
  /// nothing throws.
  @Test
  void randomDamageNeverHoldsForOtherBytes() {
    var seed = System.nanoTime();
    var random = new Random(seed);
    var good =
        List.of(
            bundle("SHA2_256", sha256(BYTES), sign("SHA256withECDSA", KEY.getPrivate(), BYTES)),
            signed(statement("v1", "https://slsa.dev/provenance/v1", DIGEST.hex(), "{}"), KEY));
    var other = digestOf(utf8("never signed"));
    for (var i = 0; i < 4_000; i++) {
      var text = new StringBuilder(good.get(i % 2));
      for (var change = random.nextInt(1, 6); change > 0; change--) {
        var at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, (char) random.nextInt(1, 128));
          case 1 -> text.deleteCharAt(at);
          default -> text.insert(at, (char) random.nextInt(1, 128));
        }
      }
      assertThat(SignatureCheck.check(keys(KEY), text.toString(), other))
          .as("seed %d, round %d", seed, i)
          .isInstanceOf(Refused.class);
    }
  }

  static Sha256 digestOf(byte[] bytes) {
    return new Sha256(HexFormat.of().formatHex(sha256(bytes)));
  }

  static TrustedKey trusted(KeyPair key) {
    return switch (TrustedKey.read(pem(key))) {
      case TrustedKey.Read.Key(var read) -> read;
      case TrustedKey.Read.Unusable(var why) -> throw new AssertionError(why);
    };
  }

  static Signer.Keys keys(KeyPair... keys) {
    return new Signer.Keys(List.of(keys).stream().map(KeySignatureTest::trusted).toList(), false);
  }

  static String bundle(String algorithm, byte[] digest, byte[] signature) {
    return json(
        Map.of(
            "mediaType",
            "application/vnd.dev.sigstore.bundle.v0.3+json",
            "verificationMaterial",
            Map.of("publicKey", Map.of("hint", "")),
            "messageSignature",
            Map.of(
                "messageDigest",
                Map.of("algorithm", algorithm, "digest", b64(digest)),
                "signature",
                b64(signature))));
  }

  static String statement(String version, String predicateType, String sha256, String predicate) {
    return """
    {"_type":"https://in-toto.io/Statement/%s","subject":[{"name":"a","digest":{"sha256":"%s"}}],"predicateType":"%s","predicate":%s}\
    """
        .formatted(version, sha256, predicateType, predicate);
  }

  static String signed(String statement, KeyPair key) {
    return dsse(statement, sign("SHA256withECDSA", key.getPrivate(), encoded(utf8(statement))));
  }

  static String dsse(String payload, byte[] signature) {
    return json(
        Map.of(
            "mediaType",
            "application/vnd.dev.sigstore.bundle.v0.3+json",
            "dsseEnvelope",
            Map.of(
                "payload",
                b64(utf8(payload)),
                "payloadType",
                Statement.PAYLOAD_TYPE,
                "signatures",
                List.of(Map.of("sig", b64(signature))))));
  }

  private static Finding found(String text, KeyPair key) {
    return SignatureCheck.check(keys(key), text, DIGEST);
  }

  static Check check(Finding finding) {
    return switch (finding) {
      case Holds holds -> throw new AssertionError("it holds: " + holds);
      case Refused(var check, var _) -> check;
    };
  }
}
