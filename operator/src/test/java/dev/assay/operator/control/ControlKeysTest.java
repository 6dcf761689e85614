package dev.assay.operator.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.operator.KubeApiResource;
import dev.assay.operator.OperatorConfiguration;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlKeysTest {
  private static final KubernetesClient CLIENT = KubeApiResource.client();
  private final String namespace = "keys-" + UUID.randomUUID().toString().substring(0, 8);

  @BeforeEach
  void makeNamespace() {
    CLIENT
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
  }

  @AfterAll
  static void close() {
    CLIENT.close();
  }

  @Test
  void replicasThatStartTogetherAgree() throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<KeyPair> start = () -> keys().pair();

      var pairs = executor.invokeAll(List.of(start, start, start, start));

      var first = pairs.getFirst().get();
      for (var pair : pairs) {
        assertThat(pair.get().getPublic()).isEqualTo(first.getPublic());
      }
    }
  }

  @Test
  void theKeyOutlivesTheProcess() throws IOException {
    assertThat(keys().publicKeys()).isEqualTo(keys().publicKeys());
  }

  @Test
  void aSecretThatHoldsSomethingElseIsNotReplaced() {
    CLIENT
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(ControlKeys.SECRET)
                .withNamespace(namespace)
                .endMetadata()
                .addToStringData("a", "b")
                .build())
        .create();

    assertThatThrownBy(() -> keys().pair())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("delete it and restart the operator");
  }

  private ControlKeys keys() {
    var configuration =
        new SmallRyeConfigBuilder()
            .withMapping(OperatorConfiguration.class)
            .withDefaultValues(Map.of("assay.namespace", namespace))
            .build()
            .getConfigMapping(OperatorConfiguration.class);
    return new ControlKeys(CLIENT, configuration);
  }
}
