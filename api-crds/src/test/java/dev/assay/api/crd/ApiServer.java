package dev.assay.api.crd;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One real API server for all tests of this JVM, with the emitted CRDs on it. What it refuses
/// comes back as a list of `field: message`.
final class ApiServer {
  static final String NAMESPACE = "schema";

  /// What the server adds when the shape was wrong already.
  private static final String UNCHECKED = "some validation rules were not checked";

  private static @Nullable ApiServer running;

  private final KubernetesClient client;

  private ApiServer(KubernetesClient client) {
    this.client = client;
  }

  static synchronized ApiServer shared() {
    if (running == null) {
      if (System.getenv("KUBE_API_TEST_DIR") == null) {
        throw new IllegalStateException(
            "KUBE_API_TEST_DIR is not set, so there is no API server to test against:"
                + " run `make unit` or `make test`, which prepare one");
      }
      var server = new KubeAPIServer();
      server.start();
      Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
      var config = Config.fromKubeconfig(server.getKubeConfigYaml());
      running = new ApiServer(new KubernetesClientBuilder().withConfig(config).build());
      running.install(server.getKubeConfigYaml());
    }
    return running;
  }

  KubernetesClient client() {
    return client;
  }

  private void install(String kubeConfig) {
    var namespace =
        new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build();
    client.resource(namespace).create();
    applyCrds(kubeConfig);
    for (var kind : CrdEmitter.KINDS) {
      await().atMost(30, TimeUnit.SECONDS).until(() -> isServed(kind));
    }
  }

  /// With kubectl, as people do: its reading of YAML is not Java's.
  private static void applyCrds(String kubeConfig) {
    try {
      var folder = Files.createTempDirectory("crds");
      for (var file : CrdEmitter.emit().entrySet()) {
        Files.writeString(folder.resolve(file.getKey()), file.getValue());
      }
      var config = Files.writeString(folder.resolve("kubeconfig"), kubeConfig);
      var kubectl =
          new ProcessBuilder(
                  kubectl().toString(),
                  "--kubeconfig=" + config,
                  "apply",
                  "--server-side",
                  "--filename=" + folder)
              .redirectErrorStream(true)
              .start();
      var said = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (kubectl.waitFor() != 0) {
        throw new IllegalStateException("kubectl could not apply the CRDs: " + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while applying the CRDs", e);
    }
  }

  private static Path kubectl() throws IOException {
    var prepared = Path.of(System.getenv("KUBE_API_TEST_DIR"), "k8s");
    try (Stream<Path> versions = Files.list(prepared)) {
      return versions.findFirst().orElseThrow().resolve("kubectl");
    }
  }

  /// Established is not enough: the handler comes a moment later.
  private boolean isServed(Class<? extends HasMetadata> kind) {
    try {
      client.resources(kind).inNamespace(NAMESPACE).list();
      return true;
    } catch (KubernetesClientException e) {
      return false;
    }
  }

  /// Asks without storing anything; what comes back has the defaults.
  Answer wouldCreate(GenericKubernetesResource object) {
    return answer(() -> resource(object).dryRun().fieldValidation(Validation.STRICT).create());
  }

  Answer create(GenericKubernetesResource object) {
    return answer(() -> resource(object).fieldValidation(Validation.STRICT).create());
  }

  Answer update(GenericKubernetesResource object) {
    return answer(() -> resource(object).fieldValidation(Validation.STRICT).update());
  }

  Answer updateStatus(GenericKubernetesResource object) {
    return answer(() -> resource(object).fieldValidation(Validation.STRICT).updateStatus());
  }

  void delete(GenericKubernetesResource object) {
    resource(object).delete();
  }

  private Resource<GenericKubernetesResource> resource(GenericKubernetesResource object) {
    return client.resource(object).inNamespace(NAMESPACE);
  }

  private static Answer answer(Supplier<GenericKubernetesResource> call) {
    try {
      return new Answer(Optional.of(call.get()), List.of());
    } catch (KubernetesClientException e) {
      var status = e.getStatus();
      if (status == null) {
        throw e;
      }
      if (status.getDetails() == null || status.getDetails().getCauses().isEmpty()) {
        return new Answer(Optional.empty(), List.of(status.getMessage()));
      }
      return new Answer(
          Optional.empty(),
          status.getDetails().getCauses().stream()
              .map(c -> c.getField() + ": " + c.getMessage())
              .filter(refusal -> !refusal.contains(UNCHECKED))
              .distinct()
              .toList());
    }
  }

  /// @param object as the server has it, absent when it refused
  /// @param refusals `field: message`, empty when it accepted
  record Answer(Optional<GenericKubernetesResource> object, List<String> refusals) {}
}
