package dev.assay.operator.artifact.decision;

import dev.assay.api.Condition;
import dev.assay.api.Vocabulary.ConditionTypes;
import dev.assay.api.Vocabulary.Reasons;
import dev.assay.operator.FluxDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// When an Artifact is looked at again though nothing told of a change: nobody may watch Secrets
/// (decision 5), and a feed is a hint. Looking writes nothing.
public final class Recheck {
  /// Where `spec.interval` says nothing.
  private static final Duration INTERVAL = Duration.ofHours(1);

  /// While a Secret that is not ours or a missing right is in the way.
  private static final Duration IN_THE_WAY = Duration.ofMinutes(1);

  private static final Set<String> UNWATCHED = Set.of(Reasons.NAME_CONFLICT, Reasons.ACCESS_DENIED);

  private Recheck() {}

  /// @param wakeAt what the decision asks for
  public static Instant at(Subject subject, Optional<Instant> wakeAt, Instant now) {
    var interval = interval(subject);
    var usual = now.plus(interval).plus(Spread.of(subject.uid(), interval.dividedBy(10)));
    return wakeAt.filter(usual::isAfter).orElse(usual);
  }

  private static Duration interval(Subject subject) {
    var inTheWay =
        subject
            .condition(ConditionTypes.STALLED)
            .map(Condition::reason)
            .filter(UNWATCHED::contains)
            .isPresent();
    if (inTheWay) {
      return IN_THE_WAY;
    }
    var asked = subject.spec().interval();
    return asked == null ? INTERVAL : FluxDuration.parse(asked);
  }
}
