package dev.assay.operator.scanpolicy;

import dev.assay.api.ScanPolicy;
import dev.assay.api.Vocabulary.ConditionTypes;
import dev.assay.api.scanpolicy.ScanPolicySpec;
import dev.assay.api.scanpolicy.ScanPolicyStatus;
import dev.assay.operator.OperatorConfiguration;
import dev.assay.operator.SpecOrRequestChanged;
import dev.assay.operator.UntilItWorks;
import dev.assay.operator.census.Census;
import dev.assay.operator.images.ImageWatch;
import dev.assay.operator.owned.Applied;
import dev.assay.operator.scan.EngineImage;
import dev.assay.operator.scan.ScanInputs;
import dev.assay.operator.signing.TrustMaterial;
import dev.assay.operator.status.Announcement;
import dev.assay.operator.status.EventRecorder;
import dev.assay.operator.status.StatusWriter;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.rate.RateLimited;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Says whether a ScanPolicy can be used and how it stands, and keeps its vulnerability database
/// fresh. It needs no finalizer: all that it makes belongs to the ScanPolicy and goes with it.
///
/// Artifacts learn of everything by watching ScanPolicies: `status.databaseUpdatedAt` is there once
/// a shared cache is filled, and `status.lastRescanAt` moves when a scheduled rescan is due.
@ControllerConfiguration(
    name = "scanpolicy",
    fieldManager = ScanPolicyReconciler.FIELD_MANAGER,
    generationAwareEventProcessing = false,
    informer = @Informer(onUpdateFilter = SpecOrRequestChanged.class),
    retry = UntilItWorks.class)
@RateLimited(maxReconciliations = 5, within = 5) // a thousand Artifacts that move are one news
public final class ScanPolicyReconciler implements Reconciler<ScanPolicy> {
  static final String FIELD_MANAGER = "assay-scanpolicy";

  private final OperatorConfiguration.Images configured;
  private final Census census;
  private final ImageWatch images;
  private final TrustMaterial trust;
  private final Clock clock;
  private final EventRecorder events;
  private final PolicyObjects objects;
  private final StatusWriter<ScanPolicy, ScanPolicyStatus> status =
      new StatusWriter<>(ScanPolicy::new);

  /// By UID. Lost with the process, which costs one early write.
  private final Map<String, Instant> countsWrittenAt = new ConcurrentHashMap<>();

  private @Nullable PolicyObserver observer;

  public ScanPolicyReconciler(
      KubernetesClient client,
      OperatorConfiguration configuration,
      Census census,
      ImageWatch images,
      TrustMaterial trust,
      EventRecorder events,
      Clock clock) {
    this.configured = configuration.images();
    this.census = census;
    this.images = images;
    this.trust = trust;
    this.events = events;
    this.clock = clock;
    this.objects = new PolicyObjects(client, FIELD_MANAGER);
  }

  @Override
  public List<EventSource<?, ScanPolicy>> prepareEventSources(
      EventSourceContext<ScanPolicy> context) {
    var sources = PolicyEvents.of(context, census, images, trust.publicRoot());
    observer = new PolicyObserver(sources, census, new Verifiers(trust), images, this::imageOf);
    return sources.all();
  }

  @Override
  public UpdateControl<ScanPolicy> reconcile(ScanPolicy policy, Context<ScanPolicy> context) {
    var now = clock.instant();
    var observing = Objects.requireNonNull(observer, "event sources come before reconciliations");
    var beside = context.getPrimaryCache().list(policy.getMetadata().getNamespace()).toList();
    var sharing = observing.sharing(policy, beside);
    var uid = policy.getMetadata().getUid();
    var seen = observing.observe(policy, sharing, Optional.ofNullable(countsWrittenAt.get(uid)));
    var decision = PolicyDecision.decide(seen, now);
    var applied = sharing.map(s -> apply(policy, seen, s, decision)).orElse(List.of());
    write(policy, decision.status(seen, applied, now), context, now);
    decision.images().news().forEach(news -> events.record(policy, "Verify", news));
    images.look(policy, decision.images().verify(), seen.images().rules());
    images.forgetOthers(
        context.getPrimaryCache().list().map(p -> p.getMetadata().getUid()).toList());
    UpdateControl<ScanPolicy> control = UpdateControl.noUpdate();
    decision.wakeAt().map(at -> Duration.between(now, at)).ifPresent(control::rescheduleAfter);
    return control;
  }

  private List<Applied> apply(
      ScanPolicy policy, Observed seen, Sharing sharing, PolicyDecision decision) {
    if (!(seen.image() instanceof EngineImage.Allowed(var image))) {
      return List.of();
    }
    var inputs = ScanInputs.of(policy.getSpec(), image);
    return Stream.concat(
            objects.apply(policy, inputs, sharing).stream(),
            objects.take(decision.plan().steps(), policy, inputs).stream())
        .toList();
  }

  private void write(
      ScanPolicy policy, ScanPolicyStatus next, Context<ScanPolicy> context, Instant now) {
    var was = policy.getStatus();
    status.write(policy, next, context);
    if (was == null || !Objects.equals(was.counts(), next.counts())) {
      countsWrittenAt.put(policy.getMetadata().getUid(), now);
    }
    Announcement.between(
            was == null ? List.of() : was.conditions(),
            next.conditions(),
            List.of(ConditionTypes.DATABASE_STALE))
        .forEach(news -> events.record(policy, "Reconcile", news));
  }

  private EngineImage imageOf(ScanPolicySpec spec) {
    return EngineImage.choose(
        Optional.ofNullable(spec.engine()).map(ScanPolicySpec.Engine::image),
        configured.scan(),
        configured.engineAllowed().orElse(List.of()));
  }
}
