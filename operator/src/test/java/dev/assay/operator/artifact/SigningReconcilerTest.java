package dev.assay.operator.artifact;

import static dev.assay.operator.artifact.Site.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.Condition.Status;
import dev.assay.operator.signing.SigningKey;
import dev.assay.wire.control.VersionState;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Signatures that the reconciler looks for in the Bucket and in Secrets, against a real API
/// server.
@NullUnmarked // a null here fails the test, as it should
class SigningReconcilerTest {
  private static final String HEX = "a".repeat(64);
  private static final String BESIDE = "signed/1.0.0/signed.sigstore.json";
  private static final ArtifactOperator OPERATOR = ArtifactOperator.shared();

  private final SigningKey key = new SigningKey();
  private Site site;

  @BeforeEach
  void open() {
    OPERATOR.start();
    site = new Site(OPERATOR).ready();
    secret("keys", Map.of("cosign.pub", key.pem()));
  }

  @AfterEach
  void close() {
    site.close();
  }

  @AfterAll
  static void end() {
    OPERATOR.stop();
  }

  private void secret(String name, Map<String, String> data) {
    site.client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(site.namespace)
                .withName(name)
                .addToLabels("assay.dev/credential", "true")
                .endMetadata()
                .withStringData(data)
                .build())
        .create();
  }

  private void storedAndClean(String verify) {
    site.artifact("signed", "source: {upload: {expiresIn: 1h}}\nverify: " + verify + "\n");
    site.upload("signed", HEX);
    new Kubelet(site).finish(site.awaitJob("signed"), Kubelet.clean(HEX));
    eventually(
        () -> assertThat(site.condition("signed", "Scanned").status()).isEqualTo(Status.True));
  }

  private VersionState state() {
    return site.store().version(site.status("signed").location().versionId()).orElseThrow().state();
  }

  @Test
  void aBundleBesideTheObjectWakesItAndABadOneHidesNoGoodOne() {
    storedAndClean("{secretRef: {name: keys}}");
    assertThat(site.condition("signed", "SourceVerified").reason()).isEqualTo("AwaitingSignature");
    assertThat(state()).isEqualTo(VersionState.Staged);

    site.store().put(BESIDE, new SigningKey().bundle(HEX).getBytes(UTF_8));
    eventually(() -> assertThat(state()).isEqualTo(VersionState.Quarantined));
    eventually(() ->
        assertThat(site.condition("signed", "SourceVerified").message())
            .startsWith("rule 'spec.verify', check Key: "));

    site.store().put(BESIDE, key.bundle(HEX).getBytes(UTF_8));
    eventually(() -> assertThat(state()).isEqualTo(VersionState.Released));
    eventually(() ->
        assertThat(site.status("signed").verification().keyFingerprint())
            .isEqualTo(key.trusted().fingerprint()));
  }

  @Test
  void aBundleInASecretIsRead() {
    secret("bundle", Map.of("bundle.sigstore.json", key.bundle(HEX)));
    storedAndClean("{secretRef: {name: keys}, bundle: {secretRef: {name: bundle}}}");

    eventually(() -> assertThat(state()).isEqualTo(VersionState.Released));
    assertThat(site.condition("signed", "SourceVerified").status()).isEqualTo(Status.True);
  }

  @Test
  void anInlineBundleOfOtherBytesIsRefused() {
    site.artifact(
        "signed",
        "source: {upload: {expiresIn: 1h}}\ndigest: sha256:%s\nverify: {secretRef: {name: keys}, bundle: {inline: '%s'}}\n"
            .formatted(HEX, key.bundle("b".repeat(64))));
    site.upload("signed", HEX);

    eventually(() -> assertThat(state()).isEqualTo(VersionState.Quarantined));
    eventually(() ->
        assertThat(site.condition("signed", "SourceVerified").message())
            .isEqualTo(
                "rule 'spec.verify', check Digest: expected a statement about sha256:%s, found one about '%s'"
                    .formatted(HEX, "b".repeat(64))));
  }
}
