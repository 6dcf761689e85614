package dev.assay.operator.bucket;

import dev.assay.operator.KubeApiResource;
import dev.assay.operator.OperatorConfiguration;
import dev.assay.operator.artifact.ArtifactReconciler;
import dev.assay.operator.census.Census;
import dev.assay.operator.control.ControlKeys;
import dev.assay.operator.control.DataPlanes;
import dev.assay.operator.control.Feed;
import dev.assay.operator.signing.Credentials;
import dev.assay.operator.signing.PublicRoot;
import dev.assay.operator.signing.TrustMaterial;
import dev.assay.operator.status.EventRecorder;
import dev.assay.policy.signature.TrustRoots;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The Bucket's reconciler in an Operator of its own, as the service account that config/rbac
/// binds, so that a right that is missing there is missing here.
final class OperatorUnderTest implements AutoCloseable {
  /// Where it is a leader's: the lease goes to another after three seconds.
  private static final Duration LEASE = Duration.ofSeconds(3);

  private final KubernetesClient client;
  private final Operator operator;

  private OperatorUnderTest(Config config, String endpoint, Optional<String> candidate) {
    client = new KubernetesClientBuilder().withConfig(asServiceAccount(config)).build();
    operator =
        new Operator(overrider -> {
          overrider.withKubernetesClient(client).withCloseClientOnStop(false);
          candidate
              .map(OperatorUnderTest::election)
              .ifPresent(overrider::withLeaderElectionConfiguration);
        });
    var configuration = configuration(endpoint);
    var clock = Clock.systemUTC();
    var keys = new ControlKeys(client, configuration);
    var planes = new DataPlanes(keys, clock, configuration);
    var feed = new Feed(planes, clock);
    var census = new Census();
    var events = new EventRecorder(client, clock, "test");
    operator.register(
        new BucketReconciler(client, configuration, keys, planes, feed, census, events, clock));
    // Lends its cache of Artifacts.
    operator.register(
        new ArtifactReconciler(
            client,
            configuration,
            planes,
            feed,
            census,
            new TrustMaterial(
                new Credentials(client, configuration.namespace()),
                new TrustRoots(),
                new PublicRoot(configuration.sigstore(), clock)),
            events,
            clock));
  }

  static OperatorUnderTest start(Config config, String endpoint) {
    var started = new OperatorUnderTest(config, endpoint, Optional.empty());
    started.operator.start();
    return started;
  }

  /// @param identity in the lease
  static OperatorUnderTest candidate(Config config, String endpoint, String identity) {
    var started = new OperatorUnderTest(config, endpoint, Optional.of(identity));
    started.operator.start();
    return started;
  }

  @Override
  public void close() {
    operator.stop();
    client.close();
  }

  private static LeaderElectionConfiguration election(String identity) {
    return new LeaderElectionConfiguration(
        "assay-operator",
        KubeApiResource.OPERATOR_NAMESPACE,
        LEASE,
        Duration.ofSeconds(2),
        Duration.ofMillis(500),
        identity,
        null,
        false); // the JVM is the test's
  }

  private static Config asServiceAccount(Config config) {
    return new ConfigBuilder(config)
        .withImpersonateUsername(
            "system:serviceaccount:" + KubeApiResource.OPERATOR_NAMESPACE + ":assay-operator")
        .withImpersonateGroups("system:serviceaccounts", "system:authenticated")
        .build();
  }

  private static OperatorConfiguration configuration(String endpoint) {
    return new OperatorConfiguration() {
      @Override
      public String namespace() {
        return KubeApiResource.OPERATOR_NAMESPACE;
      }

      @Override
      public Optional<String> identity() {
        return Optional.empty();
      }

      @Override
      public Images images() {
        return new Images() {
          @Override
          public Optional<String> dataPlane() {
            return Optional.of("example.org/data-plane");
          }

          @Override
          public Optional<String> scan() {
            return Optional.empty();
          }

          @Override
          public Optional<List<String>> engineAllowed() {
            return Optional.empty();
          }

          @Override
          public Optional<List<String>> insecureRegistries() {
            return Optional.empty();
          }
        };
      }

      @Override
      public Control control() {
        return () -> endpoint;
      }

      @Override
      public Webhook webhook() {
        return () -> Webhook.Certificates.External;
      }

      @Override
      public Sigstore sigstore() {
        return new Sigstore() {
          @Override
          public Optional<String> tufMirror() {
            return Optional.of("http://127.0.0.1:1/"); // refuses
          }

          @Override
          public Optional<String> tufRoot() {
            return Optional.empty();
          }
        };
      }
    };
  }
}
