package dev.assay.operator.scanpolicy;

import dev.assay.operator.scan.DatabaseOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is known of a vulnerability database, and what to do to know more (decision 15). The newest
/// Job that succeeded is the record; nothing else is remembered.
///
/// @param known what the newest success found
/// @param obstacle why there is nothing newer, for people; empty while all is well
/// @param failing whether the last refresh failed
/// @param steps in this order
/// @param wakeAt when to look again
record DatabasePlan(
    Optional<Known> known,
    String obstacle,
    boolean failing,
    List<Step> steps,
    Optional<Instant> wakeAt) {
  /// Upstream builds its database every six hours.
  static final Duration INTERVAL = Duration.ofHours(6);

  /// A mirror or a node that is away is most often back in minutes; there is no hurry after that.
  static final Duration FIRST_PAUSE = Duration.ofSeconds(15);

  static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);

  /// @param updatedAt when the database was built
  /// @param checkedAt when the operator looked last
  record Known(Instant updatedAt, Instant checkedAt) {}

  sealed interface Step {
    /// Notes on the Job what its pod said: the pod may go.
    record Note(String jobName, Instant updatedAt) implements Step {}

    record Create(long ordinal, int attempt) implements Step {}

    /// A newer Job has taken its place.
    record Delete(String jobName) implements Step {}
  }

  /// What the plan is made from.
  ///
  /// @param runs the database's Jobs
  /// @param wanted whether any policy needs to know, and may start Jobs
  /// @param keeper whether this policy is the one that acts for all that share the database
  /// @param interval between two looks
  /// @param asked whether a person asked for a look now
  record Facts(
      List<DatabaseRun> runs, boolean wanted, boolean keeper, Duration interval, boolean asked) {}

  static DatabasePlan of(Facts facts, Instant now) {
    var runs = facts.runs().stream().sorted(DatabaseRun.OLDEST_FIRST).toList();
    var best = runs.reversed().stream().filter(DatabasePlan::succeeded).findFirst();
    var next = next(runs, facts, now);
    var steps = new ArrayList<Step>();
    if (facts.keeper()) {
      runs.forEach(run -> note(run).ifPresent(steps::add));
      if (facts.wanted()) {
        next.create().ifPresent(steps::add);
      }
      superseded(runs, best).forEach(run -> steps.add(new Step.Delete(run.jobName())));
    }
    return new DatabasePlan(
        best.flatMap(DatabasePlan::known),
        next.obstacle(),
        next.failing(),
        List.copyOf(steps),
        facts.wanted() ? next.at() : Optional.empty());
  }

  private record Next(
      Optional<Step> create, String obstacle, boolean failing, Optional<Instant> at) {}

  private static Next next(List<DatabaseRun> runs, Facts facts, Instant now) {
    if (runs.isEmpty()) {
      return new Next(
          Optional.of(new Step.Create(1, 1)), "no database Job has run", false, Optional.empty());
    }
    var last = runs.getLast();
    return switch (last.outcome()) {
      case DatabaseOutcome.Running(var note) ->
          new Next(
              Optional.empty(),
              "Job %s runs%s".formatted(last.jobName(), note.isEmpty() ? "" : ", " + note),
              false,
              Optional.empty()); // its informer wakes us
      case DatabaseOutcome.Failed(var reason, var message, var at) ->
          due(
              at.plus(pause(last.attempt())),
              new Step.Create(last.ordinal(), last.attempt() + 1),
              "Job %s failed: %s (%s)".formatted(last.jobName(), message, reason),
              facts,
              now);
      case DatabaseOutcome.Succeeded(var summary, var at) ->
          due(at.plus(facts.interval()), new Step.Create(last.ordinal() + 1, 1), "", facts, now);
    };
  }

  private static Next due(
      Instant at, Step.Create create, String obstacle, Facts facts, Instant now) {
    var isDue = facts.asked() || !now.isBefore(at);
    return new Next(
        isDue ? Optional.of(create) : Optional.empty(),
        obstacle,
        !obstacle.isEmpty(),
        isDue ? Optional.empty() : Optional.of(at));
  }

  static Duration pause(int attempt) {
    var doubled = FIRST_PAUSE.multipliedBy(1L << Math.clamp(attempt - 1L, 0, 20));
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  private static Optional<Step> note(DatabaseRun run) {
    return run.outcome() instanceof DatabaseOutcome.Succeeded(var summary, var at)
            && run.recorded().isEmpty()
        ? Optional.of(new Step.Note(run.jobName(), summary.updatedAt()))
        : Optional.empty();
  }

  /// All before the best; and of those after it, all but the last.
  private static List<DatabaseRun> superseded(List<DatabaseRun> runs, Optional<DatabaseRun> best) {
    return runs.isEmpty()
        ? List.of()
        : runs.stream().filter(run -> best.filter(run::equals).isEmpty()).toList().stream()
            .filter(run -> !run.equals(runs.getLast()))
            .toList();
  }

  private static boolean succeeded(DatabaseRun run) {
    return run.outcome() instanceof DatabaseOutcome.Succeeded;
  }

  private static Optional<Known> known(DatabaseRun run) {
    return run.outcome() instanceof DatabaseOutcome.Succeeded(var summary, var at)
        ? Optional.of(new Known(run.recorded().orElse(summary.updatedAt()), at))
        : Optional.empty();
  }
}
