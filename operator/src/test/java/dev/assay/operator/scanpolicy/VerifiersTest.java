package dev.assay.operator.scanpolicy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.ScanPolicy;
import dev.assay.api.scanpolicy.ScanPolicySpec;
import dev.assay.api.scanpolicy.ScanPolicyStatus.Verifier;
import dev.assay.api.scanpolicy.ScanPolicyStatusBuilder;
import dev.assay.operator.OperatorConfiguration;
import dev.assay.operator.signing.Credentials;
import dev.assay.operator.signing.PublicRoot;
import dev.assay.operator.signing.TrustMaterial;
import dev.assay.policy.signature.TrustRoots;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// While the mirror is away from the start.
class VerifiersTest {
  private final KubernetesClient client = new KubernetesClientBuilder().build(); // asked nothing
  private final Verifiers verifiers =
      new Verifiers(
          new TrustMaterial(
              new Credentials(client, "assay-system"),
              new TrustRoots(),
              new PublicRoot(nowhere(), Clock.systemUTC())));

  private static OperatorConfiguration.Sigstore nowhere() {
    return new OperatorConfiguration.Sigstore() {
      @Override
      public Optional<String> tufMirror() {
        return Optional.of("http://127.0.0.1:1");
      }

      @Override
      public Optional<String> tufRoot() {
        return Optional.empty();
      }
    };
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void aRuleThatWasNeverResolvedWaits() {
    assertThat(verifiers.of(policy("me")))
        .singleElement()
        .isInstanceOfSatisfying(
            VerifierSight.Unresolved.class,
            sight -> assertThat(sight.message()).startsWith("the public Sigstore's trust root"));
  }

  @Test
  void whatStatusSaysOfTheSameRuleStays() {
    var policy = policy("me");
    var rule = policy.getSpec().verify().getFirst();
    var was = new Verifier("ours", List.of(), rule.keyless(), "{}");
    policy.setStatus(ScanPolicyStatusBuilder.of(null).verifiers(List.of(was)).build());

    assertThat(verifiers.of(policy))
        .singleElement()
        .isInstanceOfSatisfying(
            VerifierSight.Resolved.class,
            sight -> {
              assertThat(sight.verifier()).isEqualTo(was);
              assertThat(sight.aging()).isPresent();
            });
  }

  @Test
  void whatStatusSaysOfAnotherIdentityDoesNot() {
    var policy = policy("me");
    var other = policy("you").getSpec().verify().getFirst();
    policy.setStatus(
        ScanPolicyStatusBuilder.of(null)
            .verifiers(List.of(new Verifier("ours", List.of(), other.keyless(), "{}")))
            .build());

    assertThat(verifiers.of(policy)).singleElement().isInstanceOf(VerifierSight.Unresolved.class);
  }

  private static ScanPolicy policy(String subject) {
    var policy = new ScanPolicy();
    policy.setMetadata(new ObjectMetaBuilder().withNamespace("team").withName("p").build());
    policy.setSpec(
        Serialization.unmarshal(
            "verify: [{name: ours, keyless: {issuer: 'https://issuer.example.org', subject: %s}}]"
                .formatted(subject),
            ScanPolicySpec.class));
    return policy;
  }
}
