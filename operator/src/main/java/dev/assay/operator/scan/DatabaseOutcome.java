package dev.assay.operator.scan;

import dev.assay.wire.scan.DatabaseSummary;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// What came of a database Job.
public sealed interface DatabaseOutcome {
  record Running(String note) implements DatabaseOutcome {}

  /// @param at when it ended
  record Succeeded(DatabaseSummary summary, Instant at) implements DatabaseOutcome {}

  record Failed(String reason, String message, Instant at) implements DatabaseOutcome {}

  static DatabaseOutcome of(Job job, List<Pod> pods) {
    return switch (PodEnd.of(job, pods, DatabaseJob.CONTAINER)) {
      case PodEnd.Running(var note) -> new Running(note);
      case PodEnd.Lost(var at) ->
          new Failed("Lost", "its pod is gone before its answer was read", at);
      case PodEnd.Failed(var step, var reason, var message, var at) ->
          new Failed(reason, message, at);
      case PodEnd.Said(var message, var at) ->
          PodEnd.parse(message, DatabaseSummary.class)
              .filter(summary -> Objects.nonNull(summary.updatedAt()))
              .<DatabaseOutcome>map(summary -> new Succeeded(summary, at))
              .orElseGet(() ->
                  new Failed(
                      "InvalidSummary",
                      "its termination message is no DatabaseSummary of schema 1",
                      at));
    };
  }
}
