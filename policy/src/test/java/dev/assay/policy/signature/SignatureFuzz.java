package dev.assay.policy.signature;

import static dev.assay.policy.signature.KeySignatureTest.bundle;
import static dev.assay.policy.signature.KeySignatureTest.digestOf;
import static dev.assay.policy.signature.KeySignatureTest.keys;
import static dev.assay.policy.signature.KeySignatureTest.signed;
import static dev.assay.policy.signature.KeySignatureTest.statement;
import static dev.assay.policy.signature.OfflineSigstore.json;
import static dev.assay.policy.signature.OfflineSigstore.pem;
import static dev.assay.policy.signature.OfflineSigstore.sha256;
import static dev.assay.policy.signature.OfflineSigstore.sign;
import static dev.assay.policy.signature.OfflineSigstore.utf8;

import dev.assay.policy.signature.IdentityPattern.Part;
import dev.assay.policy.signature.OfflineSigstore.How;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/// Feeds damaged and mixed input to everything that reads what strangers wrote, for as long as
/// asked: `hack/fuzz-signatures MINUTES [SEED]`. Nothing may throw, and nothing may hold for bytes
/// that were never signed. Ends with an error that names seed and round.
final class SignatureFuzz {
  private static final byte[] BYTES = utf8("the bytes");
  private static final Sha256 NEVER_SIGNED = digestOf(utf8("never signed"));

  /// What parsers trip over.
  private static final List<String> DICTIONARY =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "\"",
          "\\",
          "\\u0000",
          ",",
          ":",
          "null",
          "true",
          "-1",
          "1e999",
          "0.0",
          "99999999999999999999",
          "==",
          "\"payload\"",
          "\"mediaType\"",
          "\"signatures\":[]",
          "{}",
          "\"messageSignature\":{}",
          "\"dsseEnvelope\":{}",
          "\"tlogEntries\":[]",
          "AAAA",
          "\uD800",
          " ");

  private final Random random;
  private final List<String> texts = new ArrayList<>();
  private final String older;
  private final Signer.Keys byKey;
  private final Signer.Identities byIdentity;

  private SignatureFuzz(long seed) {
    random = new Random(seed);
    var key = OfflineSigstore.ec();
    var sigstore = new OfflineSigstore();
    byKey = keys(key);
    byIdentity =
        new Signer.Identities(
            List.of(
                new IdentityPattern(
                    new Part.Exact(OfflineSigstore.ISSUER),
                    new Part.Exact(OfflineSigstore.SUBJECT))),
            KeylessSignatureTest.root(sigstore));
    var about =
        statement("v1", "https://slsa.dev/provenance/v1", digestOf(BYTES).hex(), "{\"a\":[1,{}]}");
    texts.add(bundle("SHA2_256", sha256(BYTES), sign("SHA256withECDSA", key.getPrivate(), BYTES)));
    texts.add(signed(about, key));
    texts.add(json(sigstore.blob(BYTES, How.HONEST)));
    texts.add(json(sigstore.blob(BYTES, How.HONEST.inTheNewerLog())));
    texts.add(json(sigstore.statement(about, How.HONEST)));
    var payload = SimpleSigningTest.payload(digestOf(BYTES).toString());
    older = SimpleSigningTest.signed(payload, key);
    texts.add(payload);
    texts.add(older);
    texts.add(sigstore.trustedRoot());
    texts.add(about);
    texts.add(pem(key));
    texts.add("predicate.a.all(x, x > 1) && predicate.b.matches('^a+$')");
  }

  public static void main(String[] arguments) {
    var life = Duration.ofMinutes(Long.parseLong(arguments[0]));
    var seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime();
    var fuzz = new SignatureFuzz(seed);
    var until = System.nanoTime() + life.toNanos();
    var round = 0L;
    var out = new PrintStream(System.out, true);
    while (System.nanoTime() < until) {
      var text = fuzz.damaged();
      try {
        fuzz.feed(text);
      } catch (Throwable e) {
        throw new AssertionError("seed %d, round %d: %s".formatted(seed, round, text), e);
      }
      round++;
    }
    out.printf(
        "%d inputs in %d minutes, seed %d: none was taken, nothing was thrown%n",
        round, life.toMinutes(), seed);
  }

  private void feed(String text) {
    List<Consumer<String>> readers =
        List.of(
            t -> refused(SignatureCheck.check(byKey, t, NEVER_SIGNED)),
            t -> refused(SignatureCheck.check(byIdentity, t, NEVER_SIGNED)),
            t -> refused(older(utf8(t), older)),
            t -> refused(older(utf8(SimpleSigningTest.payload(NEVER_SIGNED.toString())), t)),
            TrustRoot::read,
            t -> Statement.read(utf8(t)),
            TrustedKey::read,
            PredicateCondition::read,
            IdentityPattern::expression);
    readers.get(random.nextInt(readers.size())).accept(text);
  }

  private Finding older(byte[] payload, String signature) {
    return SignatureCheck.check(byKey, Evidence.SimpleSigning.of(payload, signature), NEVER_SIGNED);
  }

  private static void refused(Finding finding) {
    if (finding instanceof Finding.Holds holds) {
      throw new IllegalStateException("it holds: " + holds);
    }
  }

  private String damaged() {
    var text = new StringBuilder(any());
    for (var change = random.nextInt(1, 8); change > 0 && !text.isEmpty(); change--) {
      var at = random.nextInt(text.length());
      var to = Math.min(text.length(), at + random.nextInt(1, 64));
      switch (random.nextInt(7)) {
        case 0 -> text.setCharAt(at, (char) random.nextInt(0x100));
        case 1 -> text.delete(at, to);
        case 2 -> text.insert(at, text.substring(at, to));
        case 3 -> text.insert(at, DICTIONARY.get(random.nextInt(DICTIONARY.size())));
        case 4 -> text.replace(at, to, DICTIONARY.get(random.nextInt(DICTIONARY.size())));
        case 5 -> {
          var other = any();
          var from = random.nextInt(other.length());
          text.replace(
              at,
              to,
              other.substring(from, Math.min(other.length(), from + random.nextInt(1, 256))));
        }
        default -> text.setLength(at);
      }
    }
    return text.toString();
  }

  private String any() {
    return texts.get(random.nextInt(texts.size()));
  }
}
