package dev.assay.operator.certificate;

import static org.awaitility.Awaitility.await;

import dev.assay.operator.KubeApiResource;
import dev.assay.operator.OperatorConfiguration;
import dev.assay.operator.status.EventRecorder;
import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/// An API server of its own with config/rbac, on which certificates are kept as the operator's
/// service account, and an administrator with manifests that contain no caBundle.
final class KeeperCluster implements AutoCloseable {
  static final String NAMESPACE = KubeApiResource.OPERATOR_NAMESPACE;

  private final KubeAPIServer server = KubeApiResource.fresh();
  final KubernetesClient administrator = client(null);

  KeeperCluster() throws IOException {
    try (var files = Files.list(Path.of("..", "config", "rbac"))) {
      for (var file : files.filter(f -> !f.endsWith("kustomization.yaml")).sorted().toList()) {
        try (var in = Files.newInputStream(file)) {
          administrator.load(in).serverSideApply();
        }
      }
    }
  }

  /// One replica that leads, at a time that stands still.
  final class Keeper implements AutoCloseable {
    private final KubernetesClient client =
        client("system:serviceaccount:" + NAMESPACE + ":assay-operator");
    final MeterRegistry meters = new SimpleMeterRegistry();
    private final CertificateKeeper keeper;

    private Keeper(Instant now, String certificates) {
      var clock = Clock.fixed(now, ZoneOffset.UTC);
      var configuration =
          new SmallRyeConfigBuilder()
              .withMapping(OperatorConfiguration.class)
              .withDefaultValues(
                  Map.of("assay.namespace", NAMESPACE, "assay.webhook.certificates", certificates))
              .build()
              .getConfigMapping(OperatorConfiguration.class);
      var events = new EventRecorder(client, clock, "test");
      keeper = new CertificateKeeper(client, configuration, events, meters, clock);
      keeper.start();
    }

    /// Whether it watches anything.
    boolean isKeeping() {
      return keeper.isKeeping();
    }

    @Override
    public void close() {
      keeper.stop();
      client.close();
    }
  }

  Keeper keeper(Instant now) {
    return new Keeper(now, "SelfIssued");
  }

  Keeper external(Instant now) {
    return new Keeper(now, "External");
  }

  /// As `kubectl apply --server-side --force-conflicts` does.
  ///
  /// @param names of the webhooks in it
  void apply(Class<? extends HasMetadata> kind, String... names) {
    var manifest = manifest(kind.getSimpleName(), names);
    var resource =
        administrator.resource(
            administrator.getKubernetesSerialization().unmarshal(manifest, kind));
    var context =
        new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("kubectl")
            .withForce(true)
            .build();
    resource.patch(context);
  }

  private String manifest(String kind, String... names) {
    var webhooks = new StringBuilder();
    for (var name : names) {
      webhooks.append(
          """
            - name: %s.assay.dev
              admissionReviewVersions: [v1]
              sideEffects: None
              clientConfig: {service: {name: assay-webhook, namespace: assay-system}}
              rules: [{apiGroups: [none.example], apiVersions: [v1], operations: [CREATE], resources: [things]}]
          """
              .formatted(name));
    }
    return """
    apiVersion: admissionregistration.k8s.io/v1
    kind: %s
    metadata: {name: assay}
    webhooks:
    %s\
    """
        .formatted(kind, webhooks);
  }

  /// @return the PEM of each webhook in it, empty where there is none
  List<String> validating() {
    return hooks().read().stream()
        .filter(hook -> hook.kind() == Hook.Kind.Validating)
        .flatMap(hook -> hook.bundles().stream())
        .toList();
  }

  List<String> mutating() {
    return hooks().read().stream()
        .filter(hook -> hook.kind() == Hook.Kind.Mutating)
        .flatMap(hook -> hook.bundles().stream())
        .toList();
  }

  private WebhookConfigurations hooks() {
    return new WebhookConfigurations(administrator);
  }

  Secret secret(String name) {
    return administrator.secrets().inNamespace(NAMESPACE).withName(name).require();
  }

  void delete(String name) {
    administrator.secrets().inNamespace(NAMESPACE).withName(name).delete();
  }

  void put(String name, String key, String text) {
    var base64 = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    administrator
        .resource(secret(name))
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"data\":{\"%s\":\"%s\"}}".formatted(key, base64));
  }

  String text(String secret, String key) throws GeneralSecurityException {
    return SecretText.find(secret(secret), key);
  }

  /// The CA that signs.
  String authority() throws GeneralSecurityException {
    return text(AuthoritySecret.NAME, SecretText.CERTIFICATE);
  }

  /// What webhooks serve.
  String leaf() throws GeneralSecurityException {
    return text(LeafSecret.NAME, SecretText.CERTIFICATE);
  }

  /// The CA that signed what webhooks serve.
  String issuer() throws GeneralSecurityException {
    return text(LeafSecret.NAME, LeafSecret.ISSUER);
  }

  /// Nothing is left of the test before.
  void clear() {
    administrator.resources(ValidatingWebhookConfiguration.class).withName("assay").delete();
    administrator.resources(MutatingWebhookConfiguration.class).withName("assay").delete();
    delete(AuthoritySecret.NAME);
    delete(LeafSecret.NAME);
  }

  static void eventually(ThrowingRunnable assertion) {
    await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(assertion);
  }

  @Override
  public void close() {
    administrator.close();
    server.stop();
  }

  private KubernetesClient client(@Nullable String user) {
    var config = new ConfigBuilder(Config.fromKubeconfig(server.getKubeConfigYaml()));
    if (user != null) {
      config
          .withImpersonateUsername(user)
          .withImpersonateGroups("system:serviceaccounts", "system:authenticated");
    }
    return new KubernetesClientBuilder().withConfig(config.build()).build();
  }
}
