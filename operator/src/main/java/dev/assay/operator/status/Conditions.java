package dev.assay.operator.status;

import static dev.assay.api.Vocabulary.ConditionTypes.READY;
import static dev.assay.api.Vocabulary.ConditionTypes.RECONCILING;
import static dev.assay.api.Vocabulary.ConditionTypes.STALLED;
import static java.time.temporal.ChronoUnit.SECONDS;

import dev.assay.api.Condition;
import dev.assay.api.Condition.Status;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// From drafts to conditions.
public final class Conditions {
  private static final List<String> FIRST = List.of(READY, RECONCILING, STALLED);

  // One order for all, so that equal conditions are equal lists.
  private static final Comparator<Condition> READY_FIRST =
      Comparator.comparingInt(
              (Condition c) -> FIRST.contains(c.type()) ? FIRST.indexOf(c.type()) : 3)
          .thenComparing(Condition::type);

  private Conditions() {}

  /// The conditions that the drafts ask for and no others: one that no draft names is gone.
  /// Reconciling and Stalled are left out unless they hold.
  ///
  /// @param was the conditions of the status as it is
  /// @param generation of the object that was observed
  /// @throws IllegalArgumentException for two drafts of a type, or Reconciling beside Stalled: a
  ///   decision that nobody could read
  public static List<Condition> merge(
      List<Condition> was, Collection<Draft> drafts, long generation, Instant now) {
    var present = drafts.stream().filter(Conditions::isShown).toList();
    refuseContradictions(present);
    return present.stream()
        .map(draft -> merged(find(was, draft.type()).orElse(null), draft, generation, now))
        .sorted(READY_FIRST)
        .toList();
  }

  /// Drafts that should stay exactly as these conditions are, e.g. while the object is suspended.
  public static List<Draft> keep(List<Condition> was, String... types) {
    return Stream.of(types)
        .flatMap(type -> find(was, type).stream())
        .map(c -> new Draft(c.type(), c.status(), c.reason(), c.message()))
        .toList();
  }

  public static Optional<Condition> find(List<Condition> conditions, String type) {
    return conditions.stream().filter(c -> c.type().equals(type)).findFirst();
  }

  public static boolean holds(List<Condition> conditions, String type) {
    return find(conditions, type).filter(c -> c.status() == Status.True).isPresent();
  }

  private static boolean isShown(Draft draft) {
    var onlyWhileTrue = draft.type().equals(RECONCILING) || draft.type().equals(STALLED);
    return !onlyWhileTrue || draft.status() == Status.True;
  }

  private static void refuseContradictions(List<Draft> drafts) {
    var types = new HashSet<String>();
    for (var draft : drafts) {
      if (!types.add(draft.type())) {
        throw new IllegalArgumentException("two drafts of condition " + draft.type());
      }
    }
    if (types.contains(RECONCILING) && types.contains(STALLED)) {
      throw new IllegalArgumentException("Reconciling and Stalled cannot both hold");
    }
  }

  private static Condition merged(
      @Nullable Condition was, Draft draft, long generation, Instant now) {
    return new Condition(
        draft.type(),
        draft.status(),
        generation,
        sinceWhen(was, draft, now),
        draft.reason(),
        draft.message());
  }

  /// A condition keeps its transition time while its status is the same; a new reason or message
  /// alone does not move it.
  private static Instant sinceWhen(@Nullable Condition was, Draft draft, Instant now) {
    return was != null && was.status() == draft.status()
        ? was.lastTransitionTime()
        : now.truncatedTo(SECONDS); // metav1.Time has no fractions
  }
}
