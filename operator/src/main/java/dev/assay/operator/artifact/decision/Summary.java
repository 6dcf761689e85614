package dev.assay.operator.artifact.decision;

import static dev.assay.api.Vocabulary.ConditionTypes.ARTIFACT_IN_STORAGE;
import static dev.assay.api.Vocabulary.ConditionTypes.QUARANTINED;
import static dev.assay.api.Vocabulary.ConditionTypes.READY;
import static dev.assay.api.Vocabulary.ConditionTypes.RECONCILING;
import static dev.assay.api.Vocabulary.ConditionTypes.SCANNED;
import static dev.assay.api.Vocabulary.ConditionTypes.SOURCE_VERIFIED;
import static dev.assay.api.Vocabulary.ConditionTypes.STALLED;

import dev.assay.api.Condition;
import dev.assay.api.Vocabulary.Reasons;
import dev.assay.api.artifact.ArtifactStatus;
import dev.assay.operator.status.Conditions;
import dev.assay.operator.status.Draft;
import dev.assay.operator.status.Readiness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// From what the stages decided to the status that is written: computed last, in one place.
final class Summary {
  private Summary() {}

  static Decision of(Subject subject, StatusDraft draft, Outcome outcome, Instant now) {
    var status = status(subject, draft, outcome, now);
    return new Decision(
        status, outcome.next(), outcome.wakeAt(), Happenings.between(subject.status(), status));
  }

  private static ArtifactStatus status(
      Subject subject, StatusDraft draft, Outcome outcome, Instant now) {
    var was = subject.status();
    // The store is told first; status follows when it has answered (decision 13).
    if (outcome.next() instanceof Next.ChangeState) {
      return was;
    }
    // What is in the way says nothing of this generation either, so it is not observed yet.
    if (outcome.standing() instanceof Standing.Unchanged) {
      return was;
    }
    var conditions =
        Conditions.merge(
            was.conditions(), drafts(subject, draft, outcome), subject.generation(), now);
    return draft
        .next()
        .observedGeneration(subject.generation())
        .phase(Phases.of(outcome.standing(), draft.next().build(), was))
        .lastHandledReconcileAt(handled(subject, outcome))
        .conditions(conditions)
        .build();
  }

  private static List<Draft> drafts(Subject subject, StatusDraft draft, Outcome outcome) {
    var was = subject.status().conditions();
    return switch (outcome.standing()) {
      case Standing.Suspended() -> suspended(subject);
      case Standing.Unchanged() -> List.of();
      case Standing.Common(var readiness) -> with(readiness.drafts(), was, draft);
      case Standing.Quarantined(var reason, var cause, var message) -> {
        var all = with(new Readiness.Stalled(reason, message).drafts(), was, draft);
        all.add(Draft.holds(QUARANTINED, cause, message));
        yield all;
      }
    };
  }

  // A stage that was not reached has nothing to say, so its condition stays as it was.
  private static List<Draft> with(List<Draft> summary, List<Condition> was, StatusDraft draft) {
    var all = new ArrayList<>(summary);
    for (var type : List.of(ARTIFACT_IN_STORAGE, SOURCE_VERIFIED, SCANNED)) {
      var said = draft.conditions().get(type);
      if (said != null) {
        all.add(said);
      } else if (!draft.drops(type)) {
        all.addAll(Conditions.keep(was, type));
      }
    }
    return all;
  }

  private static List<Draft> suspended(Subject subject) {
    var was = subject.status().conditions();
    var all = new ArrayList<Draft>();
    was.stream()
        .filter(c -> !c.type().equals(READY) && !c.type().equals(RECONCILING))
        .map(c -> new Draft(c.type(), c.status(), c.reason(), c.message()))
        .forEach(all::add);
    var keepsReady = subject.wasReady() || Conditions.holds(was, STALLED);
    all.addAll(
        keepsReady
            ? Conditions.keep(was, READY)
            : List.of(
                Draft.unknown(
                    READY, Reasons.SUSPENDED, "reconciling is suspended by spec.suspend")));
    return all;
  }

  // Handled means carried through, or at least begun: not only seen.
  private static @Nullable String handled(Subject subject, Outcome outcome) {
    var settled = outcome.next() instanceof Next.Rest || outcome.next() instanceof Next.CreateJob;
    return settled && !subject.requestedAt().isEmpty()
        ? subject.requestedAt()
        : subject.status().lastHandledReconcileAt();
  }
}
