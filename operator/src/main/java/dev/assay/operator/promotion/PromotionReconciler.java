package dev.assay.operator.promotion;

import dev.assay.api.Condition;
import dev.assay.api.Promotion;
import dev.assay.api.Vocabulary.Reasons;
import dev.assay.api.promotion.PromotionStatus;
import dev.assay.operator.SpecOrRequestChanged;
import dev.assay.operator.UntilItWorks;
import dev.assay.operator.status.Announcement;
import dev.assay.operator.status.Conditions;
import dev.assay.operator.status.EventRecorder;
import dev.assay.operator.status.Readiness;
import dev.assay.operator.status.StatusWriter;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Clock;
import java.util.List;

/// Copies nothing yet, and says so (decision 4): a Promotion that nobody acts on must not look as
/// if somebody would.
@ControllerConfiguration(
    name = "promotion",
    fieldManager = "assay-promotion",
    generationAwareEventProcessing = false,
    informer = @Informer(onUpdateFilter = SpecOrRequestChanged.class),
    retry = UntilItWorks.class)
public final class PromotionReconciler implements Reconciler<Promotion> {
  private final EventRecorder events;
  private final Clock clock;
  private final StatusWriter<Promotion, PromotionStatus> status =
      new StatusWriter<>(Promotion::new);

  public PromotionReconciler(EventRecorder events, Clock clock) {
    this.events = events;
    this.clock = clock;
  }

  @Override
  public UpdateControl<Promotion> reconcile(Promotion promotion, Context<Promotion> context) {
    var was = conditions(promotion);
    var target = promotion.getSpec().target().bucketRef().name();
    var is =
        Conditions.merge(
            was,
            new Readiness.Stalled(
                    Reasons.NOT_IMPLEMENTED,
                    "this build does not promote: nothing is copied to Bucket '%s', and approvals are not counted"
                        .formatted(target))
                .drafts(),
            promotion.getMetadata().getGeneration(),
            clock.instant());
    status.write(promotion, statusOf(promotion, is), context);
    Announcement.between(was, is, List.of())
        .forEach(news -> events.record(promotion, "Promote", news));
    return UpdateControl.noUpdate();
  }

  private static PromotionStatus statusOf(Promotion promotion, List<Condition> conditions) {
    return new PromotionStatus(
        promotion.getMetadata().getGeneration(),
        PromotionStatus.Phase.Pending,
        null,
        List.of(),
        null,
        null,
        null,
        null,
        SpecOrRequestChanged.requestedAt(promotion),
        conditions);
  }

  private static List<Condition> conditions(Promotion promotion) {
    var status = promotion.getStatus();
    return status == null ? List.of() : status.conditions();
  }
}
