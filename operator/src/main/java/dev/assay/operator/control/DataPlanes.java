package dev.assay.operator.control;

import dev.assay.api.Bucket;
import dev.assay.operator.FluxDuration;
import dev.assay.operator.OperatorConfiguration;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;

/// From a Bucket to its control port.
@ApplicationScoped
public class DataPlanes {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /// Where `spec.timeout` says nothing.
  private static final Duration CALL = Duration.ofSeconds(30);

  private final ControlKeys keys;
  private final Clock clock;
  private final String endpoint;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  public DataPlanes(ControlKeys keys, Clock clock, OperatorConfiguration configuration) {
    this.keys = keys;
    this.clock = clock;
    this.endpoint = configuration.control().endpoint();
  }

  /// Cheap: makes no call to the data plane.
  ///
  /// @throws IOException when the operator's own key cannot be read
  public ControlClient of(Bucket bucket) throws IOException {
    var metadata = bucket.getMetadata();
    var base =
        endpoint
            .replace("{name}", metadata.getName())
            .replace("{namespace}", metadata.getNamespace())
            .replace("{uid}", metadata.getUid());
    var calls =
        new ControlCalls(
            http, URI.create(base), metadata.getUid(), keys.pair().getPrivate(), clock);
    return new ControlClient(calls, timeout(bucket));
  }

  private static Duration timeout(Bucket bucket) {
    var text = bucket.getSpec() == null ? null : bucket.getSpec().timeout();
    return text == null ? CALL : FluxDuration.parse(text);
  }

  @PreDestroy
  void close() {
    http.shutdownNow();
  }
}
