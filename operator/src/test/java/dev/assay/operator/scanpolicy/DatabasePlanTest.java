package dev.assay.operator.scanpolicy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.operator.scan.DatabaseOutcome;
import dev.assay.operator.scanpolicy.DatabasePlan.Known;
import dev.assay.operator.scanpolicy.DatabasePlan.Step;
import dev.assay.wire.scan.DatabaseSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DatabasePlanTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant BUILT = Instant.parse("2026-11-22T06:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  record Case(
      String name,
      List<DatabaseRun> runs,
      boolean wanted,
      boolean keeper,
      boolean asked,
      DatabasePlan plan) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    var failure = "Job j-1-1 failed: HTTP 503 (DatabaseUnavailable)";
    return Stream.of(
        new Case(
            "the keeper starts the first Job",
            List.of(),
            true,
            true,
            false,
            plan("no database Job has run", false, new Step.Create(1, 1))),
        new Case(
            "another policy waits for it",
            List.of(),
            true,
            false,
            false,
            plan("no database Job has run", false)),
        new Case(
            "nobody starts one where nobody wants to know",
            List.of(),
            false,
            true,
            false,
            plan("no database Job has run", false)),
        new Case(
            "a running Job is waited for",
            List.of(running(1, 1, "")),
            true,
            true,
            true,
            plan("Job j-1-1 runs", false)),
        new Case(
            "what keeps it from running is told",
            List.of(running(1, 1, "ImagePullBackOff: none")),
            true,
            true,
            false,
            plan("Job j-1-1 runs, ImagePullBackOff: none", false)),
        new Case(
            "a failed one is tried again after a pause",
            List.of(failed(1, 1, NOON.minusSeconds(14))),
            true,
            true,
            false,
            new DatabasePlan(
                Optional.empty(), failure, true, List.of(), Optional.of(NOON.plusSeconds(1)))),
        new Case(
            "the end of the pause itself is time",
            List.of(failed(1, 1, NOON.minusSeconds(15))),
            true,
            true,
            false,
            plan(failure, true, new Step.Create(1, 2))),
        new Case(
            "a person need not wait for the pause",
            List.of(failed(1, 1, NOON)),
            true,
            true,
            true,
            plan(failure, true, new Step.Create(1, 2))),
        new Case(
            "the attempt before goes when the next has begun",
            List.of(running(1, 2, ""), failed(1, 1, NOON)),
            true,
            true,
            false,
            plan("Job j-1-2 runs", false, new Step.Delete("j-1-1"))),
        new Case(
            "what a Job found is noted on it",
            List.of(succeeded(1, NOON, false)),
            true,
            true,
            false,
            known(NOON, Optional.of(NOON.plus(HOUR)), new Step.Note("j-1-1", BUILT))),
        new Case(
            "and once noted it rests until the next look",
            List.of(succeeded(1, NOON.minus(HOUR).plusSeconds(1), true)),
            true,
            true,
            false,
            known(NOON.minus(HOUR).plusSeconds(1), Optional.of(NOON.plusSeconds(1)))),
        new Case(
            "the interval's end is time for the next look",
            List.of(succeeded(1, NOON.minus(HOUR), true)),
            true,
            true,
            false,
            known(NOON.minus(HOUR), Optional.empty(), new Step.Create(2, 1))),
        new Case(
            "a person may ask for a look",
            List.of(succeeded(1, NOON, true)),
            true,
            true,
            true,
            known(NOON, Optional.empty(), new Step.Create(2, 1))),
        new Case(
            "while the next look runs the last answer stands",
            List.of(succeeded(1, NOON, true), running(2, 1, "")),
            true,
            true,
            false,
            new DatabasePlan(
                Optional.of(new Known(BUILT, NOON)),
                "Job j-2-1 runs",
                false,
                List.of(),
                Optional.empty())),
        new Case(
            "a failed look takes no answer away",
            List.of(succeeded(1, NOON, true), failed(2, 1, NOON)),
            true,
            true,
            false,
            new DatabasePlan(
                Optional.of(new Known(BUILT, NOON)),
                "Job j-2-1 failed: HTTP 503 (DatabaseUnavailable)",
                true,
                List.of(),
                Optional.of(NOON.plusSeconds(15)))),
        new Case(
            "older answers and attempts go",
            List.of(
                succeeded(1, NOON, true),
                failed(2, 1, NOON),
                new DatabaseRun("j-2-2", 2, 2, success(NOON), Optional.of(BUILT)),
                failed(3, 1, NOON),
                running(3, 2, "")),
            true,
            true,
            false,
            new DatabasePlan(
                Optional.of(new Known(BUILT, NOON)),
                "Job j-3-2 runs",
                false,
                List.of(
                    new Step.Delete("j-1-1"), new Step.Delete("j-2-1"), new Step.Delete("j-3-1")),
                Optional.empty())),
        new Case(
            "a policy that is not the keeper only looks on",
            List.of(succeeded(1, NOON.minus(HOUR), false), failed(1, 0, NOON)),
            true,
            false,
            true,
            known(NOON.minus(HOUR), Optional.empty())));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void plansByTheJobsThatThereAre(Case c) {
    var facts = new DatabasePlan.Facts(c.runs(), c.wanted(), c.keeper(), HOUR, c.asked());

    assertThat(DatabasePlan.of(facts, NOON)).isEqualTo(c.plan());
  }

  @Test
  void pausesDoubleToALimit() {
    assertThat(Stream.of(1, 2, 3, 7, 8, 9, 500).map(DatabasePlan::pause))
        .containsExactly(
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(960),
            Duration.ofSeconds(1800),
            Duration.ofSeconds(1800),
            Duration.ofSeconds(1800));
  }

  @Test
  void aRunIsReadFromItsName() {
    var running = new DatabaseOutcome.Running("");

    assertThat(DatabaseRun.of("assay-trivy-0a1b-12-3", running, Optional.empty()))
        .contains(new DatabaseRun("assay-trivy-0a1b-12-3", 12, 3, running, Optional.empty()));
    assertThat(DatabaseRun.of("assay-trivy-0a1b", running, Optional.empty())).isEmpty();
  }

  private static DatabasePlan plan(String obstacle, boolean failing, Step... steps) {
    return new DatabasePlan(Optional.empty(), obstacle, failing, List.of(steps), Optional.empty());
  }

  private static DatabasePlan known(Instant checkedAt, Optional<Instant> wakeAt, Step... steps) {
    return new DatabasePlan(
        Optional.of(new Known(BUILT, checkedAt)), "", false, List.of(steps), wakeAt);
  }

  private static DatabaseRun running(long ordinal, int attempt, String note) {
    return run(ordinal, attempt, new DatabaseOutcome.Running(note), Optional.empty());
  }

  private static DatabaseRun failed(long ordinal, int attempt, Instant at) {
    return run(
        ordinal,
        attempt,
        new DatabaseOutcome.Failed("DatabaseUnavailable", "HTTP 503", at),
        Optional.empty());
  }

  private static DatabaseRun succeeded(long ordinal, Instant at, boolean noted) {
    return run(ordinal, 1, success(at), noted ? Optional.of(BUILT) : Optional.empty());
  }

  private static DatabaseOutcome success(Instant at) {
    return new DatabaseOutcome.Succeeded(new DatabaseSummary(1, BUILT, null), at);
  }

  private static DatabaseRun run(
      long ordinal, int attempt, DatabaseOutcome outcome, Optional<Instant> recorded) {
    return new DatabaseRun("j-" + ordinal + "-" + attempt, ordinal, attempt, outcome, recorded);
  }
}
