package dev.assay.operator.artifact;

import dev.assay.operator.artifact.decision.PolicySight;
import dev.assay.operator.artifact.decision.ScanRound;
import dev.assay.operator.artifact.decision.Sights;
import dev.assay.operator.owned.OwnedObjects;
import dev.assay.operator.scan.ScanOutcome;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.Optional;

/// Looks at what of scanning an Artifact's decision needs.
final class ScanSight {
  private final Neighbourhood neighbourhood;
  private final ScanTurns turns;

  ScanSight(Neighbourhood neighbourhood, ScanTurns turns) {
    this.neighbourhood = neighbourhood;
    this.turns = turns;
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
      return new Sights.Scanning(
          sight.jobs, sight.findings, sight.urlsDropped, false, Optional.empty());
    }
    var elsewhere =
        neighbourhood.scanElsewhere(sight.artifact(), "sha256:" + stored.sha256(), policy);
    var slot =
        ScanRound.nextJob(sight.subject(), stored, policy, now)
            .filter(job -> turns.take(sight, policy, job, now));
    return new Sights.Scanning(
        sight.jobs, sight.findings, sight.urlsDropped, slot.isPresent(), elsewhere);
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
}
