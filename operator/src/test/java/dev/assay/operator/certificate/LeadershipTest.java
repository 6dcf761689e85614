package dev.assay.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.operator.KubeApiResource;
import dev.assay.operator.control.FakeDataPlaneResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(KubeApiResource.class)
@WithTestResource(FakeDataPlaneResource.class)
class LeadershipTest {
  @Inject KubernetesClient client;

  @Test
  void whereNobodyElectsTheOnlyReplicaKeepsCertificates() {
    KeeperCluster.eventually(() -> {
      var leaf =
          client
              .secrets()
              .inNamespace(KubeApiResource.OPERATOR_NAMESPACE)
              .withName(LeafSecret.NAME)
              .require();
      assertThat(SecretText.require(leaf, SecretText.CERTIFICATE)).contains("BEGIN CERTIFICATE");
    });
  }
}
