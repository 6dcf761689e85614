package dev.assay.operator.scan;

import dev.assay.wire.scan.ScanSummary;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// What came of a scan Job.
public sealed interface ScanOutcome {
  /// @param note what keeps it from starting, in Kubernetes' words; empty while it gets on
  record Running(String note) implements ScanOutcome {}

  /// It ended and said this. The pod ran with hostile bytes: whoever uses the summary checks
  /// digest, keys and the findings' SHA-256 against what was asked.
  record Succeeded(ScanSummary summary) implements ScanOutcome {}

  /// Another attempt may do better.
  ///
  /// @param reason a word such as `DownloadFailed`, `Timeout`, `OOMKilled` or `Evicted`
  /// @param message a sentence for people
  record Failed(String step, String reason, String message, Instant at) implements ScanOutcome {
    public String sentence() {
      return "%s: %s (%s)".formatted(step, message, reason);
    }
  }

  /// It ended, but what it said is lost with its pod: asked again like a failed one.
  record Lost(Instant at) implements ScanOutcome {}

  /// Reads a Job and its pods. A summary that stands in the pod counts before the Job's own
  /// conditions, which come a second later.
  static ScanOutcome of(Job job, List<Pod> pods) {
    return switch (PodEnd.of(job, pods, ScanContainers.PUBLISH)) {
      case PodEnd.Running(var note) -> new Running(note);
      case PodEnd.Lost(var at) -> new Lost(at);
      case PodEnd.Failed(var step, var reason, var message, var at) ->
          new Failed(step, reason, message, at);
      case PodEnd.Said(var message, var at) ->
          PodEnd.parse(message, ScanSummary.class)
              .filter(summary ->
                  Objects.nonNull(summary.outcome()) && Objects.nonNull(summary.digest()))
              .<ScanOutcome>map(Succeeded::new)
              .orElseGet(() ->
                  new Failed(
                      ScanContainers.PUBLISH,
                      "InvalidSummary",
                      "its termination message is no ScanSummary of schema 1",
                      at));
    };
  }
}
