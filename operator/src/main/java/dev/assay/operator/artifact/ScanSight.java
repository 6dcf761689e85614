package dev.assay.operator.artifact;

import dev.assay.api.artifact.Scan;
import dev.assay.operator.artifact.decision.PolicySight;
import dev.assay.operator.artifact.decision.ScanRound;
import dev.assay.operator.artifact.decision.Sights;
import dev.assay.operator.owned.OwnedObjects;
import dev.assay.operator.scan.JobSettings;
import dev.assay.operator.scan.ScanOutcome;
import dev.assay.operator.scan.ScanQueue;
import dev.assay.operator.scan.ScanSlots;
import dev.assay.wire.control.StoredVersion;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Looks at what of scanning an Artifact's decision needs.
final class ScanSight {
  private final Neighbourhood neighbourhood;
  private final ScanSlots slots;
  private final Wakes wakes;

  ScanSight(Neighbourhood neighbourhood, ScanSlots slots, Wakes wakes) {
    this.neighbourhood = neighbourhood;
    this.slots = slots;
    this.wakes = wakes;
  }

  Sights.Scanning of(Sight sight, Sights.Version version, Instant now) {
    var scan = sight.status().scan();
    var running = scan == null ? null : scan.jobName();
    if (running != null) {
      sight.jobs.computeIfAbsent(running, name -> job(sight, name));
    }
    if (!(sight.policySight instanceof PolicySight.InForce policy)
        || !(version instanceof Sights.Version.Stored(var stored))
        || running != null
        || !ScanRound.isDue(scan, policy)) {
      return scanning(sight, true, Optional.empty());
    }
    var digest = "sha256:" + stored.sha256();
    return scanning(
        sight,
        takeSlot(sight, stored, scan, policy, now),
        neighbourhood.scanElsewhere(sight.artifact(), digest, policy));
  }

  /// Gives back a slot that this reconciliation took and did not need.
  void giveUnused(Sight sight) {
    var slot = sight.slot;
    if (slot != null) {
      slots.give(policyKey(sight), slot);
      sight.slot = null;
    }
  }

  /// A Job has ended: whose turn is it now?
  void ended(Sight sight, String job, Instant now) {
    slots.give(policyKey(sight), job);
    if (sight.policySight instanceof PolicySight.InForce policy) {
      admitted(sight, policy, now, Stream.of()).forEach(this::wake);
    }
  }

  /// An Artifact goes: its Job goes with it.
  void left(Sight sight, Instant now) {
    var scan = sight.status().scan();
    if (scan != null && scan.jobName() != null) {
      ended(sight, scan.jobName(), now);
    }
  }

  Sights.Job job(Job job) {
    return switch (neighbourhood.outcome(job)) {
      case ScanOutcome.Running(var note) -> new Sights.Job.Running(note);
      case ScanOutcome.Succeeded(var summary) -> new Sights.Job.Succeeded(summary);
      case ScanOutcome.Failed failed -> new Sights.Job.Failed(failed.sentence(), failed.at());
      case ScanOutcome.Lost(var at) ->
          new Sights.Job.Failed("the scan ended, but its answer is lost with its pod", at);
    };
  }

  private Sights.Job job(Sight sight, String name) {
    var artifact = sight.artifact();
    return neighbourhood
        .job(artifact.getMetadata().getNamespace(), name)
        .map(job ->
            OwnedObjects.isOurs(job, UrlSecrets.named(artifact, name))
                ? job(job)
                : new Sights.Job.Foreign())
        .orElseGet(Sights.Job.None::new);
  }

  private static Sights.Scanning scanning(Sight sight, boolean slotFree, Optional<Scan> elsewhere) {
    return new Sights.Scanning(sight.jobs, sight.findings, sight.urlsDropped, slotFree, elsewhere);
  }

  private boolean takeSlot(
      Sight sight,
      StoredVersion stored,
      @Nullable Scan scan,
      PolicySight.InForce policy,
      Instant now) {
    var attempts = scan == null || scan.attempts() == null ? 0 : scan.attempts();
    var name = ScanRound.of(sight.subject(), stored, policy).run(attempts + 1).jobName();
    if (name.equals(sight.slot)) {
      return true;
    }
    var uid = sight.subject().uid();
    var free =
        admitted(sight, policy, now, Stream.of(sight)).contains(uid)
            && slots.take(policyKey(sight), name, running(sight), maxConcurrent(sight), now);
    sight.slot = free ? name : sight.slot;
    return free;
  }

  private List<String> admitted(
      Sight sight, PolicySight.InForce policy, Instant now, Stream<Sight> self) {
    var busy = slots.busy(policyKey(sight), running(sight), now);
    if (busy >= maxConcurrent(sight)) {
      return List.of();
    }
    var queue =
        Stream.concat(
                neighbourhood.queued(namespace(sight), policy, now), self.map(Sight::artifact))
            .map(Neighbourhood::waiting)
            .distinct()
            .toList();
    return ScanQueue.admitted(queue, busy, maxConcurrent(sight));
  }

  private void wake(String uid) {
    neighbourhood.byUid(uid).forEach(wakes::wake);
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
