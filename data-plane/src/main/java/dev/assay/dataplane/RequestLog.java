package dev.assay.dataplane;

import dev.assay.dataplane.health.Metrics;
import dev.assay.dataplane.http.Request;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;

/// Tells of requests at their end: what changed something, and what failed on this side. Paths
/// without their queries, which may hold a signature.
final class RequestLog {
  private static final System.Logger LOG = System.getLogger("dev.assay.dataplane.requests");

  private final Metrics metrics;

  RequestLog(Metrics metrics) {
    this.metrics = metrics;
  }

  void ended(Request request, int status, long bytesSent) {
    metrics.ended(request, status, bytesSent);
    var level = level(request, status);
    if (LOG.isLoggable(level)) {
      var millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - request.startedNanos());
      LOG.log(
          level,
          "%s %s %d in %d ms, %d bytes in, %d out, request %s"
              .formatted(
                  request.label(),
                  request.head().path(),
                  status,
                  millis,
                  request.bytesReceived(),
                  bytesSent,
                  request.head().id()));
    }
  }

  private static Level level(Request request, int status) {
    if (status >= 500 && status != 501) {
      return Level.WARNING;
    }
    return switch (request.label()) {
      case "PutObject",
          "CompleteMultipartUpload",
          "AbortMultipartUpload",
          "DeleteObject",
          "DeleteObjects" ->
          Level.INFO;
      default -> Level.DEBUG;
    };
  }
}
