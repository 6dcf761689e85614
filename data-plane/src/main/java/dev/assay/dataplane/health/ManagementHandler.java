package dev.assay.dataplane.health;

import dev.assay.dataplane.http.Answer;
import dev.assay.dataplane.http.Handler;
import dev.assay.dataplane.http.Request;
import dev.assay.dataplane.http.S3Error;
import java.util.Map;

/// The management port: probes and metrics, nothing that changes anything.
public final class ManagementHandler implements Handler {
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  private final Metrics metrics;
  private final Readiness readiness;

  /// Whether requests can be served now.
  @FunctionalInterface
  public interface Readiness {
    /// @return empty when ready, else a sentence that says why not
    String problem();
  }

  public ManagementHandler(Metrics metrics, Readiness readiness) {
    this.metrics = metrics;
    this.readiness = readiness;
  }

  @Override
  public Answer answer(Request request) {
    if (!request.head().method().equals("GET") && !request.head().method().equals("HEAD")) {
      return Answer.text(405, JSON, "{\"status\":\"DOWN\",\"problem\":\"only GET\"}");
    }
    return switch (request.head().path()) {
      case "/health/live" -> Answer.text(200, JSON, "{\"status\":\"UP\"}");
      case "/health", "/health/ready" -> health();
      case "/metrics" ->
          Answer.text(
              200,
              Map.of("Content-Type", "text/plain; version=0.0.4; charset=utf-8"),
              metrics.scrape());
      default -> Answer.text(404, JSON, "{\"problem\":\"not found\"}");
    };
  }

  /// The problem's text is ours and holds no quotes.
  private Answer health() {
    var problem = readiness.problem();
    return problem.isEmpty()
        ? Answer.text(200, JSON, "{\"status\":\"UP\"}")
        : Answer.text(503, JSON, "{\"status\":\"DOWN\",\"problem\":\"" + problem + "\"}");
  }

  @Override
  public Answer.Bytes refusal(S3Error error, String requestId, String resource) {
    return Answer.text(error.status(), JSON, "{\"problem\":\"" + error.code() + "\"}");
  }
}
