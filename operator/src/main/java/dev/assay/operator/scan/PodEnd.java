package dev.assay.operator.scan;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.assay.wire.Json;
import dev.assay.wire.scan.JobFailure;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How a Job with one pod and no retries stands, and what its containers said.
sealed interface PodEnd {
  /// Longest termination message that Kubernetes keeps.
  int LONGEST_MESSAGE = 4_096;

  /// @param note why it does not get on, where the kubelet says so; else empty
  record Running(String note) implements PodEnd {}

  /// The last container ended well and said this.
  record Said(String message, Instant at) implements PodEnd {}

  /// @param reason a word; `message` a sentence for people
  record Failed(String step, String reason, String message, Instant at) implements PodEnd {}

  /// It ended, and its pod is gone before anybody read what it said.
  record Lost(Instant at) implements PodEnd {}

  /// @param pods of the Job, in any order
  /// @param container the one whose message counts
  static PodEnd of(Job job, List<Pod> pods, String container) {
    var pod = pods.stream().max(Comparator.comparing(p -> p.getMetadata().getCreationTimestamp()));
    var said = pod.flatMap(p -> ended(p, container)).filter(end -> end.getExitCode() == 0);
    if (said.isPresent()) {
      return new Said(text(said.get().getMessage()), time(said.get().getFinishedAt()));
    }
    var failed = condition(job, "Failed");
    var failure = pod.flatMap(PodEnd::failure);
    if (failure.isPresent()) {
      return failure.get();
    }
    if (failed.isPresent()) {
      return byJob(failed.get());
    }
    return condition(job, "Complete")
        .<PodEnd>map(c -> new Lost(time(c.getLastTransitionTime())))
        .orElseGet(() -> new Running(pod.flatMap(PodEnd::obstacle).orElse("")));
  }

  private static PodEnd byJob(JobCondition failed) {
    var at = time(failed.getLastTransitionTime());
    return "DeadlineExceeded".equals(failed.getReason())
        ? new Failed("job", "Timeout", "it ran longer than job.timeout allows", at)
        : new Failed(
            "job", text(failed.getReason(), "Failed"), text(failed.getMessage(), "no reason"), at);
  }

  private static Optional<Failed> failure(Pod pod) {
    var byContainer =
        containers(pod)
            .filter(c -> c.getState() != null && c.getState().getTerminated() != null)
            .filter(c -> c.getState().getTerminated().getExitCode() != 0)
            .findFirst()
            .map(c -> failed(c.getName(), c.getState().getTerminated()));
    if (byContainer.isPresent()
        || pod.getStatus() == null
        || !"Failed".equals(pod.getStatus().getPhase())) {
      return byContainer;
    }
    // Evicted, Preempted, NodeLost and the like: no container's fault.
    return Optional.of(
        new Failed(
            "pod",
            text(pod.getStatus().getReason(), "PodFailed"),
            text(pod.getStatus().getMessage(), "the pod failed"),
            time(pod.getMetadata().getCreationTimestamp())));
  }

  private static Failed failed(String container, ContainerStateTerminated end) {
    var at = time(end.getFinishedAt());
    var said =
        parse(text(end.getMessage()), JobFailure.class).filter(f -> !text(f.reason()).isBlank());
    if (said.isPresent()) {
      return new Failed(container, said.get().reason(), text(said.get().message()), at);
    }
    var reason = text(end.getReason(), "Error");
    return "OOMKilled".equals(reason)
        ? new Failed(
            container, reason, "it needed more memory than job.resources.limits allows", at)
        : new Failed(container, reason, "it ended with exit code " + end.getExitCode(), at);
  }

  // What keeps a pod from starting, in the kubelet's and the scheduler's words.
  private static Optional<String> obstacle(Pod pod) {
    var waiting =
        containers(pod)
            .map(c -> c.getState() == null ? null : c.getState().getWaiting())
            .flatMap(Stream::ofNullable)
            .filter(w -> !"PodInitializing".equals(w.getReason()))
            .filter(w -> !"ContainerCreating".equals(w.getReason()))
            .map(w -> text(w.getReason(), "Waiting") + ": " + text(w.getMessage(), "no message"))
            .findFirst();
    return waiting.or(() ->
        conditions(pod)
            .filter(c -> c.getType().equals("PodScheduled") && c.getStatus().equals("False"))
            .map(c -> text(c.getReason(), "Unscheduled") + ": " + text(c.getMessage()))
            .findFirst());
  }

  private static Optional<ContainerStateTerminated> ended(Pod pod, String container) {
    return containers(pod)
        .filter(c -> c.getName().equals(container))
        .map(c -> c.getState() == null ? null : c.getState().getTerminated())
        .flatMap(Stream::ofNullable)
        .findFirst();
  }

  private static Stream<ContainerStatus> containers(Pod pod) {
    return pod.getStatus() == null
        ? Stream.empty()
        : Stream.concat(
            pod.getStatus().getInitContainerStatuses().stream(),
            pod.getStatus().getContainerStatuses().stream());
  }

  private static Stream<io.fabric8.kubernetes.api.model.PodCondition> conditions(Pod pod) {
    return pod.getStatus() == null ? Stream.empty() : pod.getStatus().getConditions().stream();
  }

  private static Optional<JobCondition> condition(Job job, String type) {
    return job.getStatus() == null
        ? Optional.empty()
        : job.getStatus().getConditions().stream()
            .filter(c -> c.getType().equals(type) && c.getStatus().equals("True"))
            .findFirst();
  }

  /// A record out of a termination message; empty for anything that is not one of schema 1.
  static <T> Optional<T> parse(String message, Class<T> type) {
    if (message.length() > LONGEST_MESSAGE) {
      return Optional.empty();
    }
    try {
      var tree = Json.MAPPER.readTree(message);
      return tree != null && tree.path("schema").asInt() == 1
          ? Optional.of(Json.MAPPER.treeToValue(tree, type))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static Instant time(@Nullable String timestamp) {
    return timestamp == null ? Instant.EPOCH : Instant.parse(timestamp);
  }

  private static String text(@Nullable String maybe) {
    return maybe == null ? "" : maybe;
  }

  private static String text(@Nullable String maybe, String otherwise) {
    return maybe == null || maybe.isBlank() ? otherwise : maybe;
  }
}
