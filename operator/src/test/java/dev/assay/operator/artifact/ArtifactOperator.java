package dev.assay.operator.artifact;

import dev.assay.api.Bucket;
import dev.assay.operator.ClusterObjects;
import dev.assay.operator.OperatorConfiguration;
import dev.assay.operator.bucket.CutWire;
import dev.assay.operator.census.Census;
import dev.assay.operator.control.ControlKeys;
import dev.assay.operator.control.DataPlanes;
import dev.assay.operator.control.FakeDataPlane;
import dev.assay.operator.control.Feed;
import dev.assay.operator.signing.Credentials;
import dev.assay.operator.signing.PublicRoot;
import dev.assay.operator.signing.TrustMaterial;
import dev.assay.operator.status.EventRecorder;
import dev.assay.policy.signature.TrustRoots;
import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// An operator with the Artifact's reconciler alone, against an API server of its own: it is
/// stopped and started as the test likes, and its clock can be put forward.
final class ArtifactOperator implements OperatorConfiguration {
  private static final Path RBAC = Path.of("..", "config", "rbac");
  private static @Nullable ArtifactOperator shared;

  private final KubeAPIServer server = new KubeAPIServer();
  private final KubernetesClient client;
  private final CutWire wire;
  private final FakeDataPlane plane;
  private final ControlKeys keys;
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
  private @Nullable Operator operator;
  private @Nullable Feed feed;

  /// One for all test classes of the JVM.
  static synchronized ArtifactOperator shared() {
    if (shared == null) {
      shared = new ArtifactOperator();
    }
    return shared;
  }

  private ArtifactOperator() {
    Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
    server.start();
    client = newClient(Config.fromKubeconfig(server.getKubeConfigYaml()));
    ClusterObjects.prepare(client);
    rights();
    try {
      wire = new CutWire(URI.create(client.getConfiguration().getMasterUrl()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    keys = new ControlKeys(client, this);
    plane = new FakeDataPlane(this::publicKeys);
  }

  private static KubernetesClient newClient(Config config) {
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /// The operator's own: with the rights of config/rbac and no others, over a wire that can be cut.
  private KubernetesClient operatorsClient() {
    return newClient(
        new ConfigBuilder(Config.fromKubeconfig(server.getKubeConfigYaml()))
            .withMasterUrl(wire.url())
            .withImpersonateUsername("system:serviceaccount:assay-system:assay-operator")
            .withImpersonateGroups("system:serviceaccounts", "system:authenticated")
            .build());
  }

  private void rights() {
    try (var files = Files.list(RBAC)) {
      for (var file : files.filter(f -> !f.endsWith("kustomization.yaml")).sorted().toList()) {
        try (var in = Files.newInputStream(file)) {
          client
              .load(in)
              .items()
              .forEach(object -> client.resource(object).createOr(r -> r.update()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Between the operator and the API server.
  CutWire wire() {
    return wire;
  }

  KubernetesClient client() {
    return client;
  }

  FakeDataPlane plane() {
    return plane;
  }

  synchronized void start() {
    if (operator != null) {
      return;
    }
    var clock = Clock.system(ZoneOffset.UTC);
    var planes = new DataPlanes(keys, clock, this); // tokens are checked against the real time
    var follower = new Feed(planes, clock);
    var own = operatorsClient();
    var started = new Operator(o -> o.withKubernetesClient(own).withCloseClientOnStop(true));
    started.register(
        new ArtifactReconciler(
            own,
            this,
            planes,
            follower,
            new Census(),
            new TrustMaterial(
                new Credentials(own, namespace()),
                new TrustRoots(),
                new PublicRoot(sigstore(), clock)),
            new EventRecorder(own, clock, "test"),
            new Shifted()));
    started.start();
    // As the Bucket's reconciler does.
    client.resources(Bucket.class).inAnyNamespace().list().getItems().forEach(follower::follow);
    operator = started;
    feed = follower;
  }

  synchronized void follow(Bucket bucket) {
    if (feed != null) {
      feed.follow(bucket);
    }
  }

  synchronized void stop() {
    if (operator != null) {
      operator.stop();
      operator = null;
      feed = null;
    }
  }

  void restart() {
    stop();
    start();
  }

  /// Puts the operator's clock forward.
  void advance(Duration by) {
    ahead.updateAndGet(was -> was.plus(by));
  }

  /// Puts it right again.
  void resetClock() {
    ahead.set(Duration.ZERO);
  }

  private final class Shifted extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return Clock.system(zone);
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead.get());
    }
  }

  private List<String> publicKeys() {
    try {
      return keys.publicKeys();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String namespace() {
    return "assay-system";
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
        return Optional.empty();
      }

      @Override
      public Optional<String> scan() {
        return Optional.of("example.org/assay-scan:test");
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
    return () -> plane.endpoint();
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
}
