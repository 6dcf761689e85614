package dev.assay.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.operator.control.FakeDataPlaneResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(KubeApiResource.class)
@WithTestResource(FakeDataPlaneResource.class)
class StartTest {
  @Inject KubernetesClient client;

  @Test
  void theOperatorStartsAgainstARealApiServer() {
    var namespace = client.namespaces().withName(KubeApiResource.OPERATOR_NAMESPACE).get();

    assertThat(namespace.getStatus().getPhase()).isEqualTo("Active");
  }
}
