package dev.assay.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.Vocabulary.Annotations;
import dev.assay.operator.certificate.Observed.AuthoritySight;
import dev.assay.operator.certificate.Observed.LeafSight;
import dev.assay.operator.certificate.Observed.Trusted;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is read from Secrets, whole and spoilt.
class SecretSightTest {
  private static final Instant NOW = Instant.parse("2030-05-01T12:00:00Z");
  private static final Issuer ISSUER = new Issuer("here");
  private static final Signed AUTHORITY = ISSUER.authority(NOW);
  private static final Signed OLD = ISSUER.authority(NOW.minusSeconds(60));
  private static final Signed LEAF = ISSUER.leaf(AUTHORITY, NOW);
  private static final Anchor CURRENT = Anchor.of(AUTHORITY.certificate());
  private static final Anchor PREVIOUS = Anchor.of(OLD.certificate());
  private static final Secret CA = AuthoritySecret.of(null, "here", AUTHORITY, List.of(PREVIOUS));
  private static final Secret SERVED = LeafSecret.of(null, "here", LEAF, AUTHORITY.certificate());

  record Case(String name, Secret secret, String why) {
    @Override
    public String toString() {
      return name;
    }
  }

  @Test
  void whatIsWrittenIsRead() {
    var trusted = new Trusted.Since(NOW);

    assertThat(AuthoritySecret.sight(CA))
        .isEqualTo(new AuthoritySight.Held(CURRENT, List.of(PREVIOUS), new Trusted.NotYet()));
    assertThat(AuthoritySecret.sight(AuthoritySecret.trusted(CA, trusted)))
        .isEqualTo(new AuthoritySight.Held(CURRENT, List.of(PREVIOUS), trusted));
    assertThat(AuthoritySecret.sight(AuthoritySecret.withoutPrevious(CA)))
        .isEqualTo(new AuthoritySight.Held(CURRENT, List.of(), new Trusted.NotYet()));
    assertThat(leafSight(SERVED))
        .isInstanceOfSatisfying(
            LeafSight.Held.class,
            leaf -> {
              assertThat(leaf.issuer()).isEqualTo(CURRENT);
              assertThat(leaf.writtenAt()).isEqualTo(NOW);
            });
  }

  @Test
  void aNewCaIsNotTrustedYetWhateverTheOldOneWas() {
    var was = AuthoritySecret.trusted(CA, new Trusted.Since(NOW));

    var replaced = AuthoritySecret.of(was, "here", OLD, List.of());

    assertThat(AuthoritySecret.sight(replaced))
        .isEqualTo(new AuthoritySight.Held(PREVIOUS, List.of(), new Trusted.NotYet()));
  }

  @Test
  void aTimeThatIsNoneAndPreviousCasThatAreNoneAreAsAbsent() {
    var spoilt =
        new SecretBuilder(set(CA, AuthoritySecret.PREVIOUS, "nonsense"))
            .editMetadata()
            .addToAnnotations(Annotations.TRUSTED_SINCE, "yesterday")
            .endMetadata()
            .build();

    assertThat(AuthoritySecret.sight(spoilt))
        .isEqualTo(new AuthoritySight.Held(CURRENT, List.of(), new Trusted.NotYet()));
  }

  @ParameterizedTest
  @MethodSource
  void aSpoiltCaSaysWhy(Case row) {
    assertThat(AuthoritySecret.sight(row.secret()))
        .isInstanceOfSatisfying(
            AuthoritySight.Unusable.class,
            spoilt -> {
              assertThat(spoilt.why()).contains(row.why());
              assertThat(spoilt.previous()).containsExactly(PREVIOUS);
            });
  }

  static Stream<Case> aSpoiltCaSaysWhy() {
    return Stream.of(
        new Case("no key", set(CA, "tls.key", ""), "there is no tls.key"),
        new Case("no certificate", set(CA, "tls.crt", " "), "there is no tls.crt"),
        new Case("text", set(CA, "tls.crt", "nonsense"), "ertificate"),
        new Case("cut PEM", set(CA, "tls.crt", CURRENT.pem().substring(0, 200)), "used: "),
        new Case("a key of text", set(CA, "tls.key", "äöü"), "the key is not base64"),
        new Case("another's key", set(CA, "tls.key", Pem.of(OLD.key())), "not the certificate's"),
        new Case(
            "a leaf",
            set(set(CA, "tls.crt", Pem.of(LEAF.certificate())), "tls.key", Pem.of(LEAF.key())),
            "no CA's"));
  }

  @ParameterizedTest
  @MethodSource
  void aSpoiltLeafSaysWhy(Case row) {
    assertThat(leafSight(row.secret()))
        .isInstanceOfSatisfying(
            LeafSight.Unusable.class, spoilt -> assertThat(spoilt.why()).contains(row.why()));
  }

  static Stream<Case> aSpoiltLeafSaysWhy() {
    var elsewhere = new Issuer("elsewhere").leaf(AUTHORITY, NOW);
    return Stream.of(
        new Case("text", set(SERVED, "tls.crt", "nonsense"), "ertificate"),
        new Case("no key", set(SERVED, "tls.key", ""), "there is no tls.key"),
        new Case("another's key", set(SERVED, "tls.key", Pem.of(OLD.key())), "not the certificate"),
        new Case("no issuer", set(SERVED, "ca.crt", ""), "there is no ca.crt"),
        new Case("another issuer", set(SERVED, "ca.crt", PREVIOUS.pem()), "used: "),
        new Case(
            "another Service",
            LeafSecret.of(null, "here", elsewhere, AUTHORITY.certificate()),
            "assay-webhook.elsewhere.svc"),
        new Case(
            "a CA as a server",
            LeafSecret.of(null, "here", AUTHORITY, AUTHORITY.certificate()),
            "is for []"));
  }

  @Test
  void whatIsMissingIsMissing() {
    assertThat(AuthoritySecret.sight(null)).isEqualTo(new AuthoritySight.Missing());
    assertThat(leafSight(null)).isEqualTo(new LeafSight.Missing());
  }

  private static LeafSight leafSight(@Nullable Secret secret) {
    return LeafSecret.sight(secret, ISSUER.dnsNames());
  }

  private static Secret set(Secret secret, String key, String text) {
    var base64 = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    return new SecretBuilder(secret).addToData(key, base64).build();
  }
}
