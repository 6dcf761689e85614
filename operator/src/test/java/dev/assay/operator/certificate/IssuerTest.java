package dev.assay.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Judged by others: the JDK's validator and OpenSSL's.
class IssuerTest {
  private static final Issuer ISSUER = new Issuer("assay-system");

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final Signed authority = ISSUER.authority(now);
  private final Signed leaf = ISSUER.leaf(authority, now);

  @TempDir private Path folder = Path.of("");

  @Test
  void theJdkAcceptsTheChainFromItsFirstToItsLastSecond() throws Exception {
    for (var time :
        List.of(
            now.minus(5, ChronoUnit.MINUTES), now, now.plus(90, ChronoUnit.DAYS).minusSeconds(1))) {
      validate(leaf.certificate(), authority.certificate(), time);
    }

    assertThatThrownBy(() ->
            validate(
                leaf.certificate(),
                authority.certificate(),
                now.plus(90, ChronoUnit.DAYS).plusSeconds(1)))
        .isInstanceOf(CertPathValidatorException.class)
        .hasMessageContaining("validity check failed");
  }

  @Test
  void anotherCaOfTheSameNameIsNotItsIssuer() {
    var twin = ISSUER.authority(now);

    assertThatThrownBy(() -> validate(leaf.certificate(), twin.certificate(), now))
        .isInstanceOf(CertPathValidatorException.class)
        .hasMessageContaining("does not chain with any of the trust anchors");
  }

  @Test
  void aLeafEndsWithItsCa() {
    var almostOver = now.plus(Lifetimes.AUTHORITY).minusSeconds(60);

    var last = ISSUER.leaf(authority, almostOver);

    assertThat(last.certificate().getNotAfter()).isEqualTo(authority.certificate().getNotAfter());
  }

  @Test
  void certificatesSayWhatTheyAreFor() throws GeneralSecurityException {
    var ca = authority.certificate();
    var server = leaf.certificate();

    assertThat(ca.getBasicConstraints()).as("pathlen").isZero();
    assertThat(server.getBasicConstraints()).as("no CA").isEqualTo(-1);
    assertThat(ca.getNotAfter()).isEqualTo(Date.from(now.plus(3650, ChronoUnit.DAYS)));
    assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(server.getSubjectAlternativeNames())
        .containsExactlyInAnyOrder(
            List.of(2, "assay-webhook.assay-system.svc"),
            List.of(2, "assay-webhook.assay-system.svc.cluster.local"));
    assertThat(ca.getCriticalExtensionOIDs())
        .as("basic constraints, key usage, name constraints")
        .containsExactlyInAnyOrder("2.5.29.19", "2.5.29.15", "2.5.29.30");
    assertThat(leaf.toString()).doesNotContain("PRIVATE");
  }

  @Test
  void opensslAcceptsTheChainForItsNames() throws Exception {
    for (var name : ISSUER.dnsNames()) {
      assertThat(openssl(verify(name))).isEqualTo("0");
    }

    assertThat(openssl(verify("other.assay-system.svc"))).isNotEqualTo("0");
    assertThat(openssl(verify("assay-webhook"))).isNotEqualTo("0");
  }

  /// The JDK supports no constraints of a trust anchor; OpenSSL checks them, as API servers do.
  @Test
  void theCaSpeaksForItsNamespaceOnly() throws Exception {
    var stranger = new Issuer("elsewhere").leaf(authority, now);
    var anchors = file("ca.pem", Pem.of(authority.certificate()));
    var server = file("stranger.pem", Pem.of(stranger.certificate()));

    assertThat(openssl(Stream.of("verify", "-CAfile", anchors, server)))
        .contains("permitted subtree violation");
  }

  @Test
  void opensslReadsTheKey() throws Exception {
    var key = file("key.pem", Pem.of(leaf.key()));

    assertThat(openssl(Stream.of("pkey", "-in", key, "-noout", "-check"))).isEqualTo("0");
    assertThat(Files.readString(Path.of(key))).startsWith("-----BEGIN PRIVATE KEY-----\n");
  }

  private Stream<String> verify(String name) throws IOException {
    return Stream.of(
        "verify",
        "-x509_strict",
        "-purpose",
        "sslserver",
        "-verify_hostname",
        name,
        "-CAfile",
        file("ca.pem", Pem.of(authority.certificate())),
        file("leaf.pem", Pem.of(leaf.certificate())));
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  /// @return its exit code
  private static String openssl(Stream<String> arguments) throws Exception {
    var command = Stream.concat(Stream.of("openssl"), arguments).toList();
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).as(said).isTrue();
    return process.exitValue() == 0 ? "0" : said;
  }

  private static void validate(X509Certificate leaf, X509Certificate authority, Instant time)
      throws GeneralSecurityException {
    var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf));
    var parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(time));
    CertPathValidator.getInstance("PKIX").validate(path, parameters);
  }
}
