package dev.assay.operator.artifact;

import dev.assay.api.Artifact;
import dev.assay.api.Vocabulary;
import dev.assay.api.Vocabulary.Finalizers;
import dev.assay.api.Vocabulary.Reasons;
import dev.assay.api.artifact.ArtifactStatus;
import dev.assay.operator.OperatorConfiguration;
import dev.assay.operator.UntilItWorks;
import dev.assay.operator.artifact.decision.ArtifactDecision;
import dev.assay.operator.artifact.decision.Decision;
import dev.assay.operator.artifact.decision.DeletionDecision;
import dev.assay.operator.artifact.decision.Next;
import dev.assay.operator.artifact.decision.Recheck;
import dev.assay.operator.census.ArtifactSeen;
import dev.assay.operator.census.Census;
import dev.assay.operator.control.DataPlanes;
import dev.assay.operator.control.Feed;
import dev.assay.operator.owned.OwnedObjects;
import dev.assay.operator.scan.ScanSlots;
import dev.assay.operator.signing.TrustMaterial;
import dev.assay.operator.status.EventRecorder;
import dev.assay.operator.status.StatusWriter;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Carries each Artifact through its life: looks, decides, writes status, does the next step, and
/// looks again until only waiting is left.
@ControllerConfiguration(
    name = "artifact",
    fieldManager = Vocabulary.FIELD_MANAGER,
    finalizerName = Finalizers.ARTIFACT,
    generationAwareEventProcessing = false,
    informer =
        @Informer(onUpdateFilter = ArtifactChanged.class, genericFilter = ArtifactSeen.class),
    retry = UntilItWorks.class)
public final class ArtifactReconciler implements Reconciler<Artifact>, Cleaner<Artifact> {
  /// No path through the decision is half as long; a longer one goes in circles.
  private static final int MOST_ROUNDS = 24;

  private final KubernetesClient client;
  private final OperatorConfiguration configuration;
  private final DataPlanes dataPlanes;
  private final Feed feed;
  private final Census census;
  private final TrustMaterial trust;
  private final EventRecorder events;
  private final Clock clock;
  private final StatusWriter<Artifact, ArtifactStatus> status = new StatusWriter<>(Artifact::new);
  private final Progress progress = new Progress();
  private @Nullable Parts parts;

  /// What is there once the informers are.
  private record Parts(
      Neighbourhood neighbourhood,
      Wakes wakes,
      Observer observer,
      ScanTurns turns,
      Steps steps,
      Removals removals) {}

  public ArtifactReconciler(
      KubernetesClient client,
      OperatorConfiguration configuration,
      DataPlanes dataPlanes,
      Feed feed,
      Census census,
      TrustMaterial trust,
      EventRecorder events,
      Clock clock) {
    this.client = client;
    this.configuration = configuration;
    this.dataPlanes = dataPlanes;
    this.feed = feed;
    this.census = census;
    this.trust = trust;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, Artifact>> prepareEventSources(EventSourceContext<Artifact> context) {
    var sources = new ArtifactEvents(context, feed, census, trust.publicRoot());
    var neighbourhood = sources.neighbourhood();
    var owned = new OwnedObjects(client, Vocabulary.FIELD_MANAGER);
    var secrets = new Secrets(client, owned, configuration.namespace());
    var keys = new BucketKeys(client, clock);
    var desired = new Desired(keys);
    var turns = new ScanTurns(neighbourhood, new ScanSlots(), sources.wakes());
    var scans = new ScanSight(neighbourhood, turns);
    var observer =
        new Observer(
            neighbourhood,
            dataPlanes,
            secrets,
            desired,
            scans,
            new SigningSight(trust),
            progress,
            configuration.images());
    parts =
        new Parts(
            neighbourhood,
            sources.wakes(),
            observer,
            turns,
            new Steps(client, observer, secrets, desired, keys, scans, turns),
            new Removals(client, neighbourhood, dataPlanes));
    return sources.sources();
  }

  @Override
  public UpdateControl<Artifact> reconcile(Artifact artifact, Context<Artifact> context)
      throws IOException {
    var with = Objects.requireNonNull(parts);
    var sight = with.observer().begin(artifact);
    try {
      return settle(with, sight, context);
    } catch (IOException e) {
      var why = "the Bucket could not be asked: " + reason(e);
      hindered(sight, Reasons.STORE_UNAVAILABLE, why, context);
      throw e;
    } catch (Hindered e) {
      hindered(sight, e.reason(), reason(e), context);
      throw e;
    } finally {
      with.turns().giveUnused(sight, clock.instant());
    }
  }

  private void hindered(Sight sight, String reason, String why, Context<Artifact> context) {
    write(sight, ArtifactDecision.hindered(sight.subject(), reason, why, clock.instant()), context);
  }

  private UpdateControl<Artifact> settle(Parts with, Sight sight, Context<Artifact> context)
      throws IOException {
    Next next = new Next.Rest();
    for (var round = 0; round < MOST_ROUNDS; round++) {
      var now = clock.instant();
      var decision = ArtifactDecision.decide(with.observer().observe(sight, now), now);
      next = decision.next();
      write(sight, decision, context);
      if (next instanceof Next.Rest) {
        return waking(Recheck.at(sight.subject(), decision.wakeAt(), now), now);
      }
      Log.debugf("%s: %s", name(sight.artifact()), next.getClass().getSimpleName());
      with.steps().apply(next, sight, now);
    }
    throw new IllegalStateException(
        "%s does not settle; the last of %d steps was %s"
            .formatted(name(sight.artifact()), MOST_ROUNDS, next.getClass().getSimpleName()));
  }

  private void write(Sight sight, Decision decision, Context<Artifact> context) {
    var was = sight.artifact();
    if (decision.status().equals(Subjects.status(was))) {
      return;
    }
    var is = status.write(was, decision.status(), context);
    progress.wrote(was, is, clock.instant());
    sight.written(is);
    decision.announcements().forEach(news -> events.record(is, "Reconcile", news));
  }

  private static UpdateControl<Artifact> waking(Instant at, Instant now) {
    return UpdateControl.<Artifact>noUpdate().rescheduleAfter(until(at, now));
  }

  // JOSDK's timer counts milliseconds, and an instant too early would only come back.
  private static Duration until(Instant at, Instant now) {
    var wait = Duration.between(now, at).plusMillis(1);
    return wait.isPositive() ? wait : Duration.ofMillis(1);
  }

  @Override
  public DeleteControl cleanup(Artifact artifact, Context<Artifact> context) {
    var with = Objects.requireNonNull(parts);
    try {
      with.removals().apply(artifact);
    } catch (IOException e) {
      return blocked(artifact, e, context);
    }
    with.neighbourhood().depart(artifact);
    with.neighbourhood().sharingKey(artifact).forEach(with.wakes()::wake);
    var scan = Subjects.status(artifact).scan();
    if (scan != null && scan.jobName() != null) { // its Job goes with it
      with.turns().ended(with.observer().begin(artifact), scan.jobName(), clock.instant());
    }
    return DeleteControl.defaultDelete();
  }

  private DeleteControl blocked(Artifact artifact, IOException e, Context<Artifact> context) {
    var subject = Subjects.of(artifact);
    var decision = DeletionDecision.blocked(subject, reason(e), clock.instant());
    var is = status.write(artifact, decision.status(), context);
    decision.announcements().forEach(news -> events.record(is, "Delete", news));
    var pause = DeletionDecision.pause(decision.status(), clock.instant(), subject.uid());
    return DeleteControl.noFinalizerRemoval().rescheduleAfter(pause.toMillis());
  }

  private static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static String name(Artifact artifact) {
    return artifact.getMetadata().getNamespace() + "/" + artifact.getMetadata().getName();
  }
}
