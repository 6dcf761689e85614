package dev.assay.dataplane.health;

import dev.assay.dataplane.http.Request;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;

/// The process's metrics. Labels are operations and statuses, never keys: those have no bound.
public final class Metrics {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final List<DoubleSupplier> counted = new CopyOnWriteArrayList<>();

  public Metrics() {
    new JvmMemoryMetrics().bindTo(registry);
  }

  /// Counts a request of the S3 or control port at its end.
  public void ended(Request request, int status, long bytesSent) {
    var operation = request.label();
    Timer.builder("assay.dataplane.requests")
        .description("Requests from their head to the end of their answer")
        .tag("operation", operation)
        .tag("status", Integer.toString(status))
        .serviceLevelObjectives(
            Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofSeconds(1))
        .register(registry)
        .record(Duration.ofNanos(System.nanoTime() - request.startedNanos()));
    bytes("received", operation).increment((double) request.bytesReceived());
    bytes("sent", operation).increment((double) bytesSent);
  }

  private Counter bytes(String direction, String operation) {
    return Counter.builder("assay.dataplane." + direction)
        .description("Bytes of bodies " + direction)
        .baseUnit("bytes")
        .tag("operation", operation)
        .register(registry);
  }

  public void gauge(String name, String description, DoubleSupplier value) {
    Gauge.builder("assay.dataplane." + name, value::getAsDouble)
        .description(description)
        .register(registry);
  }

  public void counter(String name, String description, DoubleSupplier value) {
    // Micrometer itself only refers to it weakly.
    counted.add(value);
    FunctionCounter.builder("assay.dataplane." + name, value, DoubleSupplier::getAsDouble)
        .description(description)
        .register(registry);
  }

  /// In Prometheus's text format.
  String scrape() {
    return registry.scrape();
  }
}
