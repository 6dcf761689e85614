package dev.assay.operator;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a fresh API server is given before the first test: our CRDs and the operator's namespace.
public final class ClusterObjects {
  /// Where api-crds checks in what it emits; tests run in the module's folder.
  private static final Path CRDS = Path.of("..", "config", "crd");

  private ClusterObjects() {}

  public static void prepare(KubernetesClient client) {
    client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(KubeApiResource.OPERATOR_NAMESPACE)
                .endMetadata()
                .build())
        .create();
    try (var files = Files.walk(CRDS)) {
      for (var file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        try (var in = Files.newInputStream(file)) {
          client.load(in).items().stream()
              .filter(CustomResourceDefinition.class::isInstance)
              .forEach(crd -> install(client, crd));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void install(KubernetesClient client, HasMetadata crd) {
    client.resource(crd).create();
    client
        .resource((CustomResourceDefinition) crd)
        .waitUntilCondition(ClusterObjects::isEstablished, 20, SECONDS);
  }

  private static boolean isEstablished(@Nullable CustomResourceDefinition crd) {
    return crd != null
        && crd.getStatus() != null
        && crd.getStatus().getConditions() != null
        && crd.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True"));
  }
}
