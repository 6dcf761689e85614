package dev.assay.operator.artifact;

import dev.assay.api.Artifact;
import dev.assay.operator.artifact.decision.PolicySight;
import dev.assay.operator.artifact.decision.ScanTurn;
import dev.assay.operator.scan.JobSettings;
import dev.assay.operator.scan.ScanQueue;
import dev.assay.operator.scan.ScanSlots;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// Who may start a scan Job now (decision 16), and who is woken when a slot becomes free.
final class ScanTurns {
  private final Neighbourhood neighbourhood;
  private final ScanSlots slots;
  private final Wakes wakes;

  ScanTurns(Neighbourhood neighbourhood, ScanSlots slots, Wakes wakes) {
    this.neighbourhood = neighbourhood;
    this.slots = slots;
    this.wakes = wakes;
  }

  /// Takes a slot for a Job that is about to be created. Asking again for the same one is free.
  boolean take(Sight sight, PolicySight.InForce policy, String job, Instant now) {
    if (job.equals(sight.slot)) {
      return true;
    }
    var free =
        admitted(sight, policy, now, Stream.of(sight.artifact())).contains(sight.subject().uid())
            && slots.take(policyKey(sight), job, running(sight), maxConcurrent(sight), now);
    sight.slot = free ? job : sight.slot;
    return free;
  }

  /// Gives back a slot that was taken and not needed; whoever was turned away meanwhile is woken.
  void giveUnused(Sight sight, Instant now) {
    var slot = sight.slot;
    if (slot != null) {
      sight.slot = null;
      ended(sight, slot, now);
    }
  }

  /// A Job has ended: whose turn is it now?
  void ended(Sight sight, String job, Instant now) {
    slots.give(policyKey(sight), job);
    if (sight.policySight instanceof PolicySight.InForce policy) {
      admitted(sight, policy, now, Stream.of()).stream()
          .filter(uid -> !uid.equals(sight.subject().uid()))
          .forEach(uid -> neighbourhood.byUid(uid).forEach(wakes::wake));
    }
  }

  private List<String> admitted(
      Sight sight, PolicySight.InForce policy, Instant now, Stream<Artifact> self) {
    var busy = slots.busy(policyKey(sight), running(sight), now);
    if (busy >= maxConcurrent(sight)) {
      return List.of();
    }
    var queue =
        Stream.concat(neighbourhood.under(namespace(sight), policy.name()), self)
            .filter(artifact -> ScanTurn.isWaitedFor(Subjects.of(artifact), policy, now))
            .filter(artifact -> artifact.getMetadata().getDeletionTimestamp() == null)
            .map(artifact -> ScanTurn.waiting(Subjects.of(artifact)))
            .distinct()
            .toList();
    return ScanQueue.admitted(queue, busy, maxConcurrent(sight));
  }

  private List<String> running(Sight sight) {
    return sight
        .policy
        .map(p -> neighbourhood.running(namespace(sight), p.getMetadata().getName()))
        .orElse(List.of());
  }

  private static int maxConcurrent(Sight sight) {
    return sight.policy.map(p -> JobSettings.of(p.getSpec()).maxConcurrent()).orElse(0);
  }

  private static String policyKey(Sight sight) {
    return namespace(sight) + "/" + sight.policy.map(p -> p.getMetadata().getName()).orElse("");
  }

  private static String namespace(Sight sight) {
    return sight.artifact().getMetadata().getNamespace();
  }
}
