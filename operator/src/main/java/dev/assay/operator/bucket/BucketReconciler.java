package dev.assay.operator.bucket;

import dev.assay.api.Artifact;
import dev.assay.api.Bucket;
import dev.assay.api.Vocabulary.ConditionTypes;
import dev.assay.api.Vocabulary.Finalizers;
import dev.assay.api.bucket.BucketStatus;
import dev.assay.operator.OperatorConfiguration;
import dev.assay.operator.SpecOrRequestChanged;
import dev.assay.operator.UntilItWorks;
import dev.assay.operator.census.Census;
import dev.assay.operator.control.ControlKeys;
import dev.assay.operator.control.DataPlanes;
import dev.assay.operator.control.Feed;
import dev.assay.operator.status.Announcement;
import dev.assay.operator.status.Conditions;
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
import io.javaoperatorsdk.operator.processing.event.rate.RateLimited;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Gives each Bucket its data plane and says how it stands.
@ControllerConfiguration(
    name = "bucket",
    fieldManager = BucketObjects.FIELD_MANAGER,
    finalizerName = Finalizers.BUCKET,
    generationAwareEventProcessing = false,
    informer = @Informer(onUpdateFilter = SpecOrRequestChanged.class),
    retry = UntilItWorks.class)
@RateLimited(maxReconciliations = 5, within = 5) // a burst of uploads is one piece of news
public final class BucketReconciler implements Reconciler<Bucket>, Cleaner<Bucket> {
  private static final List<String> NEWS =
      List.of(ConditionTypes.QUOTA_EXCEEDED, ConditionTypes.DELETION_BLOCKED);

  private final OperatorConfiguration configuration;
  private final ControlKeys keys;
  private final Feed feed;
  private final Census census;
  private final Clock clock;
  private final BucketObjects objects;
  private final BucketObserver observer;
  private final EventRecorder events;
  private final KubernetesClient client;
  private final StatusWriter<Bucket, BucketStatus> status = new StatusWriter<>(Bucket::new);

  public BucketReconciler(
      KubernetesClient client,
      OperatorConfiguration configuration,
      ControlKeys keys,
      DataPlanes dataPlanes,
      Feed feed,
      Census census,
      EventRecorder events,
      Clock clock) {
    this.client = client;
    this.configuration = configuration;
    this.keys = keys;
    this.feed = feed;
    this.census = census;
    this.events = events;
    this.clock = clock;
    this.objects = new BucketObjects(client);
    this.observer = new BucketObserver(dataPlanes, census, configuration.namespace());
  }

  @Override
  public List<EventSource<?, Bucket>> prepareEventSources(EventSourceContext<Bucket> context) {
    return BucketEvents.sources(context, feed, census);
  }

  @Override
  public UpdateControl<Bucket> reconcile(Bucket bucket, Context<Bucket> context)
      throws IOException {
    var seen = observer.observe(bucket, apply(bucket, context), context);
    if (seen.servers().ready() > 0) {
      feed.follow(bucket);
    }
    var decision = BucketDecision.decide(seen);
    var draft =
        DraftStatus.of(
            seen,
            decision,
            bucket.getMetadata().getGeneration(),
            SpecOrRequestChanged.requestedAt(bucket),
            clock.instant());
    write(bucket, draft.status(), context);
    UpdateControl<Bucket> control = UpdateControl.noUpdate();
    Stream.of(decision.recheckAfter(), draft.numbersDueIn())
        .flatMap(Optional::stream)
        .min(Duration::compareTo)
        .ifPresent(control::rescheduleAfter);
    return control;
  }

  private Observed.Objects apply(Bucket bucket, Context<Bucket> context) throws IOException {
    var spec = bucket.getSpec();
    var notBuilt = NotImplemented.in(spec);
    if (!notBuilt.isEmpty()) {
      return new Observed.Objects.NotBuilt(notBuilt);
    }
    if (Boolean.TRUE.equals(spec.suspend())) {
      return new Observed.Objects.Suspended();
    }
    var image = configuration.images().dataPlane();
    if (image.isEmpty()) {
      return new Observed.Objects.NoImage();
    }
    var with =
        new BucketObjects.Surroundings(image.get(), keys.publicKeys(), configuration.namespace());
    return objects.apply(bucket, with, context);
  }

  private void write(Bucket bucket, BucketStatus next, Context<Bucket> context) {
    var was = bucket.getStatus();
    status.write(bucket, next, context);
    Announcement.between(was == null ? List.of() : was.conditions(), next.conditions(), NEWS)
        .forEach(news -> events.record(bucket, "Reconcile", news));
  }

  @Override
  public DeleteControl cleanup(Bucket bucket, Context<Bucket> context) {
    var deletion =
        BucketDeletion.decide(
            bucket.getSpec(),
            isTerminating(bucket.getMetadata().getNamespace()),
            artifacts(bucket),
            Optional.ofNullable(bucket.getStatus())
                .flatMap(s -> Conditions.find(s.conditions(), ConditionTypes.DELETION_BLOCKED)),
            clock.instant());
    return switch (deletion) {
      case BucketDeletion.Finish() -> leave(bucket);
      case BucketDeletion.KeepBytes() -> leave(bucket);
      case BucketDeletion.DeleteBytes() -> {
        objects.deleteClaim(bucket);
        yield leave(bucket);
      }
      case BucketDeletion.Blocked(var drafts, var lookAgainIn) -> {
        write(bucket, DeletingStatus.of(bucket, drafts, clock.instant()), context);
        yield DeleteControl.noFinalizerRemoval().rescheduleAfter(lookAgainIn.toMillis());
      }
    };
  }

  private DeleteControl leave(Bucket bucket) {
    feed.leave(bucket.getMetadata().getUid());
    return DeleteControl.defaultDelete();
  }

  /// Asked, not read from a cache: one that was just created must block.
  private List<String> artifacts(Bucket bucket) {
    var names = new ArrayList<String>();
    client
        .resources(Artifact.class)
        .inNamespace(bucket.getMetadata().getNamespace())
        .withField("spec.bucketRef.name", bucket.getMetadata().getName())
        .list()
        .getItems()
        .forEach(artifact -> names.add(artifact.getMetadata().getName()));
    return names;
  }

  private boolean isTerminating(String namespace) {
    var found = client.namespaces().withName(namespace).get();
    return found == null || found.getMetadata().getDeletionTimestamp() != null;
  }
}
