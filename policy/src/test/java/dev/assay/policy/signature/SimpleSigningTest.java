package dev.assay.policy.signature;

import static dev.assay.policy.signature.KeySignatureTest.digestOf;
import static dev.assay.policy.signature.KeySignatureTest.keys;
import static dev.assay.policy.signature.KeySignatureTest.trusted;
import static dev.assay.policy.signature.OfflineSigstore.b64;
import static dev.assay.policy.signature.OfflineSigstore.pair;
import static dev.assay.policy.signature.OfflineSigstore.sign;
import static dev.assay.policy.signature.OfflineSigstore.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.policy.signature.Finding.Content;
import dev.assay.policy.signature.Finding.Holds;
import dev.assay.policy.signature.Finding.Refused;
import dev.assay.policy.signature.Finding.SignedBy;
import java.security.KeyPair;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimpleSigningTest {
  private static final Sha256 DIGEST = digestOf(utf8("the manifest"));
  private static final KeyPair KEY = pair("EC", "secp256r1");
  private static final KeyPair OTHER = pair("EC", "secp256r1");

  @ParameterizedTest
  @CsvSource({
    "EC, secp256r1, SHA256withECDSA",
    "EC, secp384r1, SHA256withECDSA",
    "EC, secp384r1, SHA384withECDSA",
    "RSA, '', SHA256withRSA",
    "Ed25519, '', Ed25519"
  })
  void aSignatureOfThisImageHolds(String algorithm, String curve, String signing) {
    var key = pair(algorithm, curve);
    var payload = payload(DIGEST.toString());

    var found = found(payload, b64(sign(signing, key.getPrivate(), utf8(payload))), keys(key));

    assertThat(found)
        .isEqualTo(new Holds(new SignedBy.Key(trusted(key).fingerprint()), new Content.Bytes()));
  }

  @Test
  void itHoldsByAnyOfTheKeys() {
    var payload = payload(DIGEST.toString());

    assertThat(found(payload, signed(payload, KEY), keys(OTHER, KEY)))
        .isEqualTo(new Holds(new SignedBy.Key(trusted(KEY).fingerprint()), new Content.Bytes()));
  }

  @Test
  void anotherImagesPayloadIsRefused() {
    var other = digestOf(utf8("another manifest"));
    var payload = payload(other.toString());

    assertThat(found(payload, signed(payload, KEY), keys(KEY)))
        .isEqualTo(
            new Refused(
                Check.Digest,
                "expected a signature of %s, found one of '%s'".formatted(DIGEST, other)));
  }

  @Test
  void aTamperedPayloadIsRefused() {
    var other = payload(digestOf(utf8("another manifest")).toString());
    var ours = payload(DIGEST.toString());

    assertThat(check(found(ours, signed(other, KEY), keys(KEY)))).isEqualTo(Check.Key);
    assertThat(check(found(ours + " ", signed(ours, KEY), keys(KEY)))).isEqualTo(Check.Key);
    assertThat(found(ours + " ", signed(ours + " ", KEY), keys(KEY))).isInstanceOf(Holds.class);
  }

  @Test
  void aKeyThatIsNotInThePolicyIsRefused() {
    var payload = payload(DIGEST.toString());

    assertThat(found(payload, signed(payload, OTHER), keys(KEY)))
        .isEqualTo(
            new Refused(
                Check.Key,
                "none of the policy's 1 keys (%s) made it".formatted(trusted(KEY).fingerprint())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "no json",
        "{\"critical\":{\"image\":{\"docker-manifest-digest\":\"%s\"}}}",
        "{\"critical\":{\"image\":{\"docker-manifest-digest\":\"%s\"},\"type\":\"atomic container signature\"}}",
        "{\"critical\":{\"image\":{\"docker-manifest-digest\":\"%s\"},\"type\":[\"cosign container image signature\"]}}",
        "{\"image\":{\"docker-manifest-digest\":\"%s\"},\"type\":\"cosign container image signature\"}",
        // Two readers would understand two things.
        "{\"critical\":{\"image\":{\"docker-manifest-digest\":\"%s\"},\"type\":\"x\",\"type\":\"cosign container image signature\"}}"
      })
  void anotherTypeIsRefusedWhoeverSignedIt(String text) {
    var payload = text.replace("%s", DIGEST.toString());

    assertThat(found(payload, signed(payload, KEY), keys(KEY)))
        .isEqualTo(
            new Refused(
                Check.Format,
                "expected a payload of type 'cosign container image signature', found something else"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"critical\":{\"image\":{\"docker-manifest-digest\":[\"%s\"]},\"type\":\"cosign container image signature\"}}",
        "{\"critical\":{\"image\":\"%s\",\"type\":\"cosign container image signature\"}}",
        "{\"critical\":{\"type\":\"cosign container image signature\"},\"image\":{\"docker-manifest-digest\":\"%s\"}}"
      })
  void aPayloadThatNamesNoDigestIsRefused(String text) {
    var payload = text.replace("%s", DIGEST.toString());

    assertThat(found(payload, signed(payload, KEY), keys(KEY)))
        .isEqualTo(
            new Refused(
                Check.Digest,
                "expected a signature of %s, found one of nothing".formatted(DIGEST)));
  }

  @Test
  void theDigestIsComparedToTheLetter() {
    for (var digest :
        List.of(DIGEST.hex(), DIGEST + " ", DIGEST.toString().toUpperCase(Locale.ROOT), "")) {
      var payload = payload(digest);
      assertThat(check(found(payload, signed(payload, KEY), keys(KEY))))
          .as(digest)
          .isEqualTo(Check.Digest);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not base64!", "AAAA\n"})
  void aSignatureThatIsNoneIsRefused(String signature) {
    assertThat(check(found(payload(DIGEST.toString()), signature, keys(KEY))))
        .isEqualTo(Check.Format);
  }

  @ParameterizedTest
  @CsvSource({"65536, true", "65537, false"})
  void aHugePayloadIsNotLookedAt(int bytes, boolean holds) {
    var payload = payload(DIGEST.toString());
    var padded = payload + " ".repeat(bytes - payload.length());

    var found = found(padded, signed(padded, KEY), keys(KEY));

    assertThat(found instanceof Holds).isEqualTo(holds);
    if (!holds) {
      assertThat(found)
          .isEqualTo(
              new Refused(Check.Size, "expected a payload of at most 65536 bytes, found 65537"));
    }
  }

  @Test
  void certificatesAskForTheNewFormat() {
    var payload = payload(DIGEST.toString());
    var root = KeylessSignatureTest.root(new OfflineSigstore());

    var found = found(payload, signed(payload, KEY), new Signer.Identities(List.of(), root));

    assertThat(check(found)).isEqualTo(Check.Format);
    assertThat(((Refused) found).message()).contains("--new-bundle-format");
  }

  @Test
  void whatCouldNotBeReadSaysWhy() {
    assertThat(
            SignatureCheck.check(keys(KEY), new Evidence.Unusable(Check.Size, "too large"), DIGEST))
        .isEqualTo(new Refused(Check.Size, "too large"));
  }

  static String payload(String digest) {
    return """
    {"critical":{"identity":{"docker-reference":"registry.example/demo"},"image":{"docker-manifest-digest":"%s"},"type":"cosign container image signature"},"optional":null}\
    """
        .formatted(digest);
  }

  static String signed(String payload, KeyPair key) {
    return b64(sign("SHA256withECDSA", key.getPrivate(), utf8(payload)));
  }

  private static Finding found(String payload, String signature, Signer signer) {
    return SignatureCheck.check(
        signer, Evidence.SimpleSigning.of(utf8(payload), signature), DIGEST);
  }

  private static Check check(Finding found) {
    assertThat(found).isInstanceOf(Refused.class);
    return ((Refused) found).check();
  }
}
