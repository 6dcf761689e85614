package dev.assay.operator.scanpolicy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.operator.owned.Applied;
import dev.assay.operator.scan.EngineImage;
import dev.assay.operator.scanpolicy.DatabasePlan.Known;
import dev.assay.operator.status.Draft;
import dev.assay.operator.status.Readiness;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StandingTest {
  private static final Instant BUILT = Instant.parse("2026-11-22T06:00:00Z");
  private static final EngineImage IMAGE = new EngineImage.Allowed("i");
  private static final EngineImage REFUSED = new EngineImage.Refused("not this image");
  private static final DatabasePlan KNOWN = plan(Optional.of(new Known(BUILT, BUILT)), "", false);
  private static final DatabasePlan FAILING = plan(Optional.empty(), "HTTP 503", true);
  private static final DatabasePlan FETCHING = plan(Optional.empty(), "Job j runs", false);

  record Case(String name, Standing standing, Readiness readiness) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            "all is well",
            standing(KNOWN),
            new Readiness.Ready("the vulnerability database is of " + BUILT)),
        new Case(
            "a suspended policy says so",
            new Standing(
                List.of(), List.of(), List.of(), List.of(), IMAGE, false, List.of(), true, true,
                true, KNOWN),
            new Readiness.Ready(
                "the vulnerability database is of "
                    + BUILT
                    + "; suspended, so no scan is started")),
        new Case(
            "a trust root that could not be refreshed is told, and used",
            new Standing(
                List.of(),
                List.of(),
                List.of(),
                List.of("the root could not be refreshed: HTTP 500"),
                IMAGE,
                false,
                List.of(),
                true,
                true,
                false,
                KNOWN),
            new Readiness.Ready(
                "the vulnerability database is of "
                    + BUILT
                    + "; the root could not be refreshed: HTTP 500")),
        new Case(
            "no database of its own is needed",
            new Standing(
                List.of(), List.of(), List.of(), List.of(), IMAGE, false, List.of(), false, false,
                false, FETCHING),
            new Readiness.Ready("each scan fetches or asks for its own database")),
        new Case(
            "the database is under way",
            standing(FETCHING),
            new Readiness.Progressing("fetching the vulnerability database: Job j runs")),
        new Case(
            "the database cannot be fetched",
            standing(FAILING),
            new Readiness.Retrying("DatabaseUnavailable", "HTTP 503")),
        new Case(
            "suspended before there was one",
            new Standing(
                List.of(), List.of(), List.of(), List.of(), IMAGE, false, List.of(), true, true,
                true, FAILING),
            new Readiness.Waiting(
                "Suspended", "suspended before a vulnerability database was there")),
        new Case(
            "a foreign object comes before the database",
            applied(new Applied.Done(true), new Applied.Foreign("NetworkPolicy team/a")),
            new Readiness.Stalled(
                "NameConflict",
                "NetworkPolicy team/a exists and is not Assay's; delete or rename it")),
        new Case(
            "an object that somebody else changes",
            applied(new Applied.Contested("NetworkPolicy team/a", "spec: kubectl")),
            new Readiness.Stalled(
                "NameConflict", "NetworkPolicy team/a is changed by somebody else: spec: kubectl")),
        new Case(
            "a right that is missing",
            applied(new Applied.Denied("Job team/a")),
            new Readiness.Stalled(
                "AccessDenied",
                "the operator may not write Job team/a; bind the ClusterRole assay-operator")),
        new Case(
            "an object that is refused may be accepted later",
            applied(new Applied.Refused("Job team/a", "quota")),
            new Readiness.Retrying("DependencyNotReady", "Job team/a is refused: quota")),
        new Case(
            "what is wrong with the spec comes before objects",
            new Standing(
                List.of(),
                List.of("spec.a: b", "spec.c: d"),
                List.of(),
                List.of(),
                IMAGE,
                false,
                List.of(new Applied.Foreign("x")),
                true,
                true,
                false,
                KNOWN),
            new Readiness.Stalled("InvalidSpec", "spec.a: b; spec.c: d")),
        new Case(
            "keys that cannot be read are waited for",
            new Standing(
                List.of(),
                List.of(),
                List.of("spec.verify of 'a': Secret 'k' does not exist; create it"),
                List.of(),
                IMAGE,
                false,
                List.of(),
                true,
                true,
                false,
                KNOWN),
            new Readiness.Retrying(
                "DependencyNotReady", "spec.verify of 'a': Secret 'k' does not exist; create it")),
        new Case(
            "an image that is not allowed comes before that",
            new Standing(
                List.of(),
                List.of("spec.a: b"),
                List.of(),
                List.of(),
                REFUSED,
                true,
                List.of(),
                true,
                true,
                false,
                KNOWN),
            new Readiness.Stalled("AccessDenied", "not this image")),
        new Case(
            "an operator without an image is not the policy's fault",
            new Standing(
                List.of(), List.of(), List.of(), List.of(), REFUSED, false, List.of(), true, true,
                false, KNOWN),
            new Readiness.Stalled("DependencyNotReady", "not this image")),
        new Case(
            "what this build does not act on comes first",
            new Standing(
                List.of("spec.vex", "spec.report.attest"),
                List.of("spec.a: b"),
                List.of(),
                List.of(),
                REFUSED,
                true,
                List.of(),
                true,
                true,
                false,
                KNOWN),
            new Readiness.Stalled(
                "NotImplemented",
                "this build does not act on spec.vex, spec.report.attest, and releases nothing under this"
                    + " policy; remove it")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theFirstThingThatMattersIsTold(Case c) {
    assertThat(c.standing().readiness()).isEqualTo(c.readiness());
  }

  record Age(String name, Standing standing, Instant now, List<Draft> stale) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Age> ages() {
    var old = BUILT.plus(Standing.STALE);
    var known = Optional.of(new Known(BUILT, BUILT));
    var untracked =
        new Standing(
            List.of(), List.of(), List.of(), List.of(), IMAGE, false, List.of(), false, false,
            false, KNOWN);
    return Stream.of(
        new Age("nobody follows it", untracked, old, List.of()),
        new Age("it is not known", standing(FETCHING), old, List.of()),
        new Age(
            "it is fresh until three days are over",
            standing(KNOWN),
            old.minusNanos(1),
            List.of(Draft.fails("DatabaseStale", "Succeeded", "the database is of " + BUILT))),
        new Age(
            "a failed refresh is told while it is fresh",
            standing(plan(known, "HTTP 503", true)),
            BUILT,
            List.of(
                Draft.fails(
                    "DatabaseStale",
                    "Succeeded",
                    "the database is of " + BUILT + "; the last refresh failed: HTTP 503"))),
        new Age(
            "then it is stale",
            standing(KNOWN),
            old,
            List.of(
                Draft.holds(
                    "DatabaseStale",
                    "OldDatabase",
                    "the database is of "
                        + BUILT
                        + ", more than 3 days old; see whether its repository is kept up to date"))),
        new Age(
            "and if nothing newer can be had, that is why",
            standing(plan(known, "HTTP 503", true)),
            old,
            List.of(
                Draft.holds(
                    "DatabaseStale",
                    "DatabaseUnavailable",
                    "the database is of "
                        + BUILT
                        + ", more than 3 days old; see whether its repository is kept up to date;"
                        + " the last refresh failed: HTTP 503"))));
  }

  @ParameterizedTest
  @MethodSource("ages")
  void anOldDatabaseIsCalledStale(Age c) {
    assertThat(c.standing().drafts(c.now()).stream().filter(d -> d.type().equals("DatabaseStale")))
        .isEqualTo(c.stale());
  }

  @Test
  void fieldsThatThisBuildDoesNotActOnAreNamed() {
    var used =
        Policies.spec(
            """
            {"vex":[{"configMapRef":{"name":"v"}}],"report":{"attest":true}}
            """);

    assertThat(NotImplementedFields.usedBy(used)).containsExactly("spec.vex", "spec.report.attest");
    assertThat(NotImplementedFields.usedBy(Policies.spec("{}"))).isEmpty();
    assertThat(NotImplementedFields.usedBy(Policies.spec("{\"report\":{\"attest\":false}}")))
        .isEmpty();
  }

  private static Standing standing(DatabasePlan plan) {
    return new Standing(
        List.of(), List.of(), List.of(), List.of(), IMAGE, false, List.of(), true, true, false,
        plan);
  }

  private static Standing applied(Applied... applied) {
    return new Standing(
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        IMAGE,
        false,
        List.of(applied),
        true,
        true,
        false,
        KNOWN);
  }

  private static DatabasePlan plan(Optional<Known> known, String obstacle, boolean failing) {
    return new DatabasePlan(known, obstacle, failing, List.of(), Optional.empty());
  }
}
