package dev.assay.operator.bucket;

import dev.assay.api.Condition.Status;
import dev.assay.api.Vocabulary.ConditionTypes;
import dev.assay.api.Vocabulary.Reasons;
import dev.assay.api.bucket.BucketStatus.Phase;
import dev.assay.operator.bucket.Observed.Objects;
import dev.assay.operator.bucket.Observed.Reach;
import dev.assay.operator.status.Conditions;
import dev.assay.operator.status.Draft;
import dev.assay.operator.status.Readiness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a Bucket's status says, and when to look again. Pure.
///
/// @param recheckAfter for what nothing tells of; empty rests until an event
record BucketDecision(List<Draft> drafts, Phase phase, Optional<Duration> recheckAfter) {
  /// A right that is granted, a foreign object that goes away: nothing tells of them.
  static final Duration BLOCKED = Duration.ofMinutes(1);

  /// Garbage collection tells of most objects, but not of Secrets, which are not watched.
  static final Duration LEAVING = Duration.ofSeconds(5);

  /// A data plane that runs and does not answer: the feed tells when it does, if it ever did.
  static final Duration SILENT = Duration.ofSeconds(15);

  /// The kubelet brings a changed ConfigMap into a pod within a minute or so and tells nobody.
  static final Duration SETTLING = Duration.ofSeconds(10);

  static BucketDecision decide(Observed seen) {
    var drafts = new ArrayList<Draft>();
    var readiness = readiness(seen);
    drafts.addAll(readiness.drafts());
    var settling = readiness instanceof Readiness.Ready && isSettling(seen);
    if (settling) {
      drafts.add(
          Draft.holds(
              ConditionTypes.RECONCILING,
              Reasons.PROGRESSING,
              "the new configuration is on its way to the data plane"));
    }
    drafts.add(available(seen));
    drafts.add(reachable(seen));
    drafts.add(QuotaUse.of(seen));
    return new BucketDecision(
        drafts, phase(seen, readiness), settling ? Optional.of(SETTLING) : recheck(seen));
  }

  private static Readiness readiness(Observed seen) {
    return switch (seen.objects()) {
      case Objects.NotBuilt(var paths) ->
          new Readiness.Stalled(
              Reasons.NOT_IMPLEMENTED,
              "this build does not act on " + String.join(", ", paths) + ": remove it");
      case Objects.NoImage() ->
          new Readiness.Stalled(
              Reasons.DEPENDENCY_NOT_READY,
              "the operator does not know the data plane's image: set RELATED_IMAGE_DATA_PLANE in its Deployment");
      case Objects.Leaving() ->
          new Readiness.Progressing(
              "waiting for the objects of an earlier Bucket of this name to go");
      case Objects.Blocked(var problem) -> Problems.readiness(seen, problem);
      case Objects.Suspended() -> serving(seen);
      case Objects.AsDesired _ -> serving(seen);
    };
  }

  private static Readiness serving(Observed seen) {
    if (seen.servers().ready() == 0) {
      return noServer(seen);
    }
    return switch (seen.reach()) {
      case Reach.NotAsked() -> new Readiness.Progressing("asking the data plane");
      case Reach.Silent(var why) ->
          new Readiness.Retrying(
              Reasons.STORE_UNAVAILABLE,
              "the data plane runs but its control port does not answer: " + why);
      case Reach.Answers _ ->
          new Readiness.Ready(
              "serving at " + BucketNames.internalEndpoint(seen.name(), seen.namespace()));
    };
  }

  private static Readiness noServer(Observed seen) {
    var trouble = seen.servers().trouble();
    if (wasServing(seen)) {
      return new Readiness.Retrying(
          Reasons.DATA_PLANE_NOT_READY,
          "no data plane is ready" + (trouble.isEmpty() ? "" : ": " + trouble));
    }
    return trouble.isEmpty()
        ? new Readiness.Progressing("the data plane is starting")
        : new Readiness.Progressing("the data plane does not start yet: " + trouble);
  }

  private static Draft available(Observed seen) {
    var servers = seen.servers();
    var said = servers.ready() + " of " + servers.wanted() + " ready";
    return servers.ready() > 0
        ? Draft.holds(ConditionTypes.DATA_PLANE_AVAILABLE, Reasons.SUCCEEDED, said)
        : Draft.fails(
            ConditionTypes.DATA_PLANE_AVAILABLE,
            Reasons.DATA_PLANE_NOT_READY,
            servers.trouble().isEmpty() ? said : said + ": " + servers.trouble());
  }

  private static Draft reachable(Observed seen) {
    return switch (seen.reach()) {
      case Reach.NotAsked() ->
          Draft.unknown(
              ConditionTypes.ENDPOINT_REACHABLE,
              Reasons.DATA_PLANE_NOT_READY,
              "no data plane is ready");
      case Reach.Silent(var why) ->
          Draft.fails(ConditionTypes.ENDPOINT_REACHABLE, Reasons.STORE_UNAVAILABLE, why);
      case Reach.Answers _ ->
          Draft.holds(
              ConditionTypes.ENDPOINT_REACHABLE, Reasons.SUCCEEDED, "the control port answers");
    };
  }

  private static boolean isSettling(Observed seen) {
    return seen.objects() instanceof Objects.AsDesired(var wanted)
        && seen.reach() instanceof Reach.Answers(var store)
        && !store.configurationDigest().equals(wanted);
  }

  private static Optional<Duration> recheck(Observed seen) {
    if (seen.objects() instanceof Objects.Blocked) {
      return Optional.of(BLOCKED);
    }
    if (seen.objects() instanceof Objects.Leaving) {
      return Optional.of(LEAVING);
    }
    return seen.reach() instanceof Reach.Silent ? Optional.of(SILENT) : Optional.empty();
  }

  private static Phase phase(Observed seen, Readiness readiness) {
    return switch (readiness) {
      case Readiness.Ready _ -> Phase.Ready;
      case Readiness.Stalled _ -> Phase.Failed;
      case Readiness.Waiting _, Readiness.Progressing _, Readiness.Retrying _ ->
          wasServing(seen) ? Phase.Degraded : Phase.Pending;
    };
  }

  /// Whether it had served before: then its absence is a failure, not a start.
  private static boolean wasServing(Observed seen) {
    return seen.was()
        .filter(was ->
            was.phase() == Phase.Ready
                || was.phase() == Phase.Degraded
                || Conditions.find(was.conditions(), ConditionTypes.READY)
                    .filter(c -> c.status() == Status.True)
                    .isPresent())
        .isPresent();
  }
}
