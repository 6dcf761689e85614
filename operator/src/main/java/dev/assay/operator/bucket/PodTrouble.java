package dev.assay.operator.bucket;

import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// Why a pod does not run, in the words of the scheduler or the kubelet.
final class PodTrouble {
  /// What every pod goes through.
  private static final Set<String> NO_TROUBLE = Set.of("ContainerCreating", "PodInitializing");

  private PodTrouble() {}

  /// @return empty for no trouble
  static String of(Collection<Pod> pods) {
    return pods.stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .flatMap(pod -> Stream.concat(waiting(pod), unscheduled(pod)))
        .findFirst()
        .orElse("");
  }

  private static Stream<String> waiting(Pod pod) {
    var status = pod.getStatus();
    if (status == null || status.getContainerStatuses() == null) {
      return Stream.empty();
    }
    return status.getContainerStatuses().stream()
        .map(container -> container.getState() == null ? null : container.getState().getWaiting())
        .filter(Objects::nonNull)
        .filter(waiting -> !NO_TROUBLE.contains(waiting.getReason()))
        .map(PodTrouble::said);
  }

  private static String said(ContainerStateWaiting waiting) {
    return waiting.getMessage() == null
        ? waiting.getReason()
        : waiting.getReason() + ": " + waiting.getMessage();
  }

  private static Stream<String> unscheduled(Pod pod) {
    var status = pod.getStatus();
    if (status == null || status.getConditions() == null) {
      return Stream.empty();
    }
    return status.getConditions().stream()
        .filter(c -> "PodScheduled".equals(c.getType()) && "False".equals(c.getStatus()))
        .map(PodCondition::getMessage)
        .filter(Objects::nonNull);
  }
}
