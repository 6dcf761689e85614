package dev.assay.operator.certificate;

import static dev.assay.operator.certificate.KeeperCluster.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// On a real API server, as the operator's service account. Each time a keeper goes and the next
/// comes, a new leader goes on where the old one stopped.
class CertificateKeeperTest {
  private static final Instant START = Instant.parse("2030-05-01T12:00:00Z");
  private static final Class<ValidatingWebhookConfiguration> VALIDATING =
      ValidatingWebhookConfiguration.class;
  private static final Class<MutatingWebhookConfiguration> MUTATING =
      MutatingWebhookConfiguration.class;
  private static KeeperCluster cluster; // before all tests

  @BeforeAll
  static void start() throws IOException {
    cluster = new KeeperCluster();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void clear() {
    cluster.clear();
  }

  @Test
  void aFreshClusterGetsCaLeafAndTrust() {
    cluster.apply(VALIDATING, "one", "two");
    cluster.apply(MUTATING, "three");

    try (var keeper = cluster.keeper(START)) {
      eventually(() -> {
        assertThat(cluster.issuer()).isEqualTo(cluster.authority());
        assertThat(cluster.validating())
            .isEqualTo(List.of(cluster.authority(), cluster.authority()));
        assertThat(cluster.mutating()).isEqualTo(List.of(cluster.authority()));
        assertThat(cluster.secret(LeafSecret.NAME).getType()).isEqualTo("kubernetes.io/tls");
        assertThat(keeper.meters.get(ExpiryGauge.NAME).gauge().value())
            .isEqualTo((double) START.plus(90, ChronoUnit.DAYS).getEpochSecond());
      });
      eventually(() ->
          assertThat(
                  cluster.administrator.resources(Event.class).inAnyNamespace().list().getItems())
              .extracting(Event::getReason)
              .contains("AuthorityMade", "CaBundleWritten", "CertificateIssued"));
    }
  }

  @Test
  void configurationsThatComeLaterAreTrustedWhenTheyCome() {
    try (var keeper = settled()) {
      cluster.apply(VALIDATING, "one");

      eventually(() -> assertThat(cluster.validating()).containsExactly(cluster.authority()));
      assertThat(keeper).isNotNull();
    }
  }

  @Test
  void aCaBundleThatIsTakenAwayComesBack() {
    cluster.apply(VALIDATING, "one", "two");
    try (var keeper = settled()) {
      cluster
          .administrator
          .admissionRegistration()
          .v1()
          .validatingWebhookConfigurations()
          .withName("assay")
          .patch(
              PatchContext.of(PatchType.JSON),
              """
              [{"op":"remove","path":"/webhooks/1/clientConfig/caBundle"}]
              """);

      eventually(() ->
          assertThat(cluster.validating())
              .containsExactly(cluster.authority(), cluster.authority()));
      assertThat(keeper).isNotNull();
    }
  }

  @Test
  void manifestsThatAreAppliedAgainTakeNothingAway() throws Exception {
    cluster.apply(VALIDATING, "one", "two");
    try (var keeper = settled()) {
      eventually(() -> assertThat(cluster.validating()).contains(cluster.authority()));
      assertThat(keeper).isNotNull();
    }

    cluster.apply(VALIDATING, "one", "two");
    assertThat(cluster.validating())
        .as("nobody is there to repair it")
        .containsExactly(cluster.authority(), cluster.authority());
    cluster.apply(VALIDATING, "one");
    assertThat(cluster.validating())
        .as("a later manifest may drop one")
        .containsExactly(cluster.authority());
  }

  @Test
  void aDeletedLeafIsMadeAnewByTheSameCa() throws Exception {
    try (var keeper = settled()) {
      var authority = cluster.authority();
      var leaf = cluster.leaf();

      cluster.delete(LeafSecret.NAME);

      eventually(() -> assertThat(cluster.leaf()).isNotEmpty().isNotEqualTo(leaf));
      assertThat(cluster.issuer()).isEqualTo(authority);
      assertThat(cluster.authority()).isEqualTo(authority);
      assertThat(keeper).isNotNull();
    }
  }

  @Test
  void aDeletedCaIsReplacedInOrder() throws Exception {
    cluster.apply(VALIDATING, "one");
    String old;
    String leaf;
    try (var keeper = settled()) {
      old = cluster.authority();
      leaf = cluster.leaf();
      cluster.delete(AuthoritySecret.NAME);
      eventually(() -> assertThat(cluster.validating()).containsExactly(cluster.authority() + old));
      eventually(() ->
          assertThat(cluster.secret(AuthoritySecret.NAME).getMetadata().getAnnotations())
              .containsEntry("assay.dev/trusted-since", START.toString()));
      assertThat(cluster.leaf()).as("still by the old CA").isEqualTo(leaf);
      assertThat(keeper).isNotNull();
    }
    var use = START.plus(5, ChronoUnit.MINUTES);
    try (var keeper = cluster.keeper(use)) {
      eventually(() -> assertThat(cluster.issuer()).isEqualTo(cluster.authority()));
      assertThat(cluster.authority()).isNotEqualTo(old);
      assertThat(cluster.validating()).containsExactly(cluster.authority() + old);
      assertThat(keeper).isNotNull();
    }
    try (var keeper = cluster.keeper(use.plus(1, ChronoUnit.HOURS))) {
      eventually(() -> assertThat(cluster.validating()).containsExactly(cluster.authority()));
      assertThat(cluster.text(AuthoritySecret.NAME, AuthoritySecret.PREVIOUS)).isEmpty();
      assertThat(keeper).isNotNull();
    }
  }

  @Test
  void spoiltSecretsAreReplaced() throws Exception {
    try (var keeper = settled()) {
      var leaf = cluster.leaf();
      cluster.put(LeafSecret.NAME, SecretText.CERTIFICATE, "nonsense");
      eventually(() -> assertThat(cluster.leaf()).isNotEqualTo("nonsense").isNotEqualTo(leaf));
      var authority = cluster.authority();

      cluster.put(AuthoritySecret.NAME, SecretText.KEY, "nonsense");

      eventually(() -> assertThat(cluster.authority()).isNotEqualTo(authority));
      assertThat(cluster.text(AuthoritySecret.NAME, AuthoritySecret.PREVIOUS)).isEqualTo(authority);
      assertThat(keeper).isNotNull();
    }
  }

  @Test
  void twoThatThinkTheyLeadAgree() {
    cluster.apply(VALIDATING, "one");
    try (var one = cluster.keeper(START);
        var two = cluster.keeper(START)) {
      eventually(() -> {
        assertThat(cluster.issuer()).isEqualTo(cluster.authority());
        assertThat(cluster.validating()).containsExactly(cluster.authority());
        assertThat(one.meters.find(ExpiryGauge.NAME).gauge()).isNotNull();
        assertThat(two.meters.find(ExpiryGauge.NAME).gauge()).isNotNull();
      });
    }
  }

  @Test
  void externalCertificatesAreNotTouched() {
    try (var external = cluster.external(START);
        var other = cluster.keeper(START)) {
      assertThat(external.isKeeping()).isFalse();
      assertThat(other.isKeeping()).isTrue();
    }
  }

  private static KeeperCluster.Keeper settled() {
    var keeper = cluster.keeper(START);
    eventually(() -> assertThat(cluster.issuer()).isEqualTo(cluster.authority()));
    return keeper;
  }
}
