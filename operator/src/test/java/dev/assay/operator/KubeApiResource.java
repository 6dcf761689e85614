package dev.assay.operator;

import dev.assay.operator.images.SharedRegistry;
import dev.assay.operator.signing.FakeMirror;
import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A real API server and etcd, one for all test classes of a JVM, with Assay's CRDs and a namespace
/// for the operator. `KUBE_API_TEST_DIR` names the directory that holds the programs.
///
/// Use:
/// `@QuarkusTest @WithTestResource(KubeApiResource.class) @WithTestResource(FakeDataPlaneResource.class)`,
/// always both: for another set of resources Quarkus starts anew in another class loader, where
/// these statics are others. A plain test calls [#client()]. Tests share the server, so each makes
/// a namespace of its own.
public final class KubeApiResource implements QuarkusTestResourceLifecycleManager {
  /// Where the operator under test keeps its lease and keys.
  public static final String OPERATOR_NAMESPACE = "assay-system";

  private static @Nullable KubeAPIServer server;

  /// For the tests' own eyes; the operator under test has one of its own.
  public static KubernetesClient client() {
    return new KubernetesClientBuilder().withConfig(config()).build();
  }

  /// Where the shared server is, which is started when it is asked for first.
  public static synchronized Config config() {
    if (server == null) {
      server = fresh();
    }
    return Config.fromKubeconfig(server.getKubeConfigYaml());
  }

  /// Another server with Assay's CRDs, for tests that bring an operator of their own and must not
  /// meet the shared one. It ends with the JVM, or when the caller stops it.
  public static KubeAPIServer fresh() {
    var started = new KubeAPIServer();
    Runtime.getRuntime().addShutdownHook(new Thread(started::stop));
    started.start();
    try (var client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(started.getKubeConfigYaml()))
            .build()) {
      ClusterObjects.prepare(client);
    }
    return started;
  }

  @Override
  public Map<String, String> start() {
    return settings(config());
  }

  /// The Quarkus settings that point an operator at a server.
  public static Map<String, String> settings(Config config) {
    var settings = new HashMap<String, String>();
    settings.put("quarkus.kubernetes-client.api-server-url", config.getMasterUrl());
    settings.put("quarkus.kubernetes-client.ca-cert-file", config.getCaCertFile());
    settings.put("quarkus.kubernetes-client.client-cert-file", config.getClientCertFile());
    settings.put("quarkus.kubernetes-client.client-key-file", config.getClientKeyFile());
    settings.put("assay.namespace", OPERATOR_NAMESPACE);
    settings.put("assay.images.data-plane", "example.org/assay-data-plane:test");
    settings.put("assay.images.scan", "example.org/assay-scan:test");
    settings.put("assay.images.insecure-registries", SharedRegistry.get().host());
    settings.put("assay.sigstore.tuf-mirror", FakeMirror.shared().url());
    settings.put("assay.sigstore.tuf-root", FakeMirror.ANCHOR.toString());
    return settings;
  }

  @Override
  public void stop() {
    // The server goes with the JVM: the next class uses it again.
  }
}
