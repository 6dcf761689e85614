package dev.assay.webhook;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A real API server with Assay's CRDs, and a certificate by which it can ask the webhook under
/// test. `KUBE_API_TEST_DIR` names the directory that holds the programs.
public final class KubeApiResource implements QuarkusTestResourceLifecycleManager {
  /// Where api-crds checks in what it emits; tests run in the module's folder.
  private static final Path CRDS = Path.of("..", "config", "crd");

  private static @Nullable KubeAPIServer server;

  /// For the tests' own eyes, as an administrator.
  public static KubernetesClient client() {
    return new KubernetesClientBuilder().withConfig(config()).build();
  }

  public static synchronized Config config() {
    if (server == null) {
      server = new KubeAPIServer();
      Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
      server.start();
      try (var client = new KubernetesClientBuilder().withConfig(of(server)).build()) {
        install(client);
      }
    }
    return of(server);
  }

  @Override
  public Map<String, String> start() {
    var config = config();
    var settings = new HashMap<String, String>();
    settings.put("quarkus.kubernetes-client.api-server-url", config.getMasterUrl());
    settings.put("quarkus.kubernetes-client.ca-cert-file", config.getCaCertFile());
    settings.put("quarkus.kubernetes-client.client-cert-file", config.getClientCertFile());
    settings.put("quarkus.kubernetes-client.client-key-file", config.getClientKeyFile());
    settings.put("quarkus.http.test-ssl-port", "0");
    settings.put("quarkus.http.tls-configuration-name", "test");
    settings.put("quarkus.tls.test.key-store.p12.path", ServingCertificate.keyStore().toString());
    settings.put("quarkus.tls.test.key-store.p12.password", ServingCertificate.PASSWORD);
    return settings;
  }

  @Override
  public void stop() {
    // The server goes with the JVM.
  }

  private static Config of(KubeAPIServer running) {
    var config = Config.fromKubeconfig(running.getKubeConfigYaml());
    config.setRequestRetryBackoffLimit(0); // a refusal is what is waited for
    return config;
  }

  private static void install(KubernetesClient client) {
    try (var files = Files.walk(CRDS)) {
      for (var file : files.filter(f -> f.toString().endsWith(".dev.yaml")).sorted().toList()) {
        try (var in = Files.newInputStream(file)) {
          var crd = (CustomResourceDefinition) client.load(in).items().getFirst();
          client.resource(crd).create();
          client.resource(crd).waitUntilCondition(KubeApiResource::isEstablished, 20, SECONDS);
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isEstablished(@Nullable CustomResourceDefinition crd) {
    return crd != null
        && crd.getStatus() != null
        && crd.getStatus().getConditions() != null
        && crd.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True"));
  }
}
