package dev.assay.operator.control;

import dev.assay.operator.KubeApiResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Data planes for all Buckets of a test run: the operator's calls go to one [FakeDataPlane], which
/// knows the operator's key from its Secret, as a real one does from its ConfigMap.
///
/// Use beside [KubeApiResource]; the store of a Bucket is `plane().store(uid)`.
public final class FakeDataPlaneResource implements QuarkusTestResourceLifecycleManager {
  private static @Nullable FakeDataPlane plane;
  private static @Nullable KubernetesClient client;

  /// One for all test classes of the JVM.
  public static synchronized FakeDataPlane plane() {
    if (plane == null) {
      client = KubeApiResource.client();
      var kubernetes = client;
      plane = new FakeDataPlane(() -> publicKeys(kubernetes));
    }
    return plane;
  }

  /// The public key in the Secret of a server's operator.
  public static List<String> publicKeys(KubernetesClient client) {
    var secret =
        client
            .secrets()
            .inNamespace(KubeApiResource.OPERATOR_NAMESPACE)
            .withName(ControlKeys.SECRET)
            .get();
    return secret == null
        ? List.of()
        : List.of(String.valueOf(secret.getData().get(ControlKeys.PUBLIC)));
  }

  @Override
  public Map<String, String> start() {
    return Map.of("assay.control.endpoint", plane().endpoint());
  }

  @Override
  public void stop() {
    // It goes with the JVM: the next class uses it again.
  }
}
