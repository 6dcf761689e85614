package dev.assay.operator.scanpolicy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.ScanPolicy;
import dev.assay.api.scanpolicy.ScanPolicySpec;
import dev.assay.api.scanpolicy.ScanPolicyStatus;
import dev.assay.api.scanpolicy.ScanPolicyStatus.Counts;
import dev.assay.api.scanpolicy.ScanPolicyStatusBuilder;
import dev.assay.operator.images.ImageFacts;
import dev.assay.operator.scan.DatabaseOutcome;
import dev.assay.operator.scan.EngineImage;
import dev.assay.operator.scan.ScanInputs;
import dev.assay.operator.scanpolicy.DatabasePlan.Step;
import dev.assay.wire.scan.DatabaseSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyDecisionTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant BUILT = Instant.parse("2026-11-22T06:00:00.5Z");
  private static final String CREATED = "2026-11-01T00:00:00Z";
  private static final EngineImage IMAGE = new EngineImage.Allowed("image");
  private static final Counts NONE = new Counts(0, 0, 0, 0, 0);
  private static final Counts SOME = new Counts(1, 2, 3, 4, 5);

  record Wake(String name, String spec, List<DatabaseRun> runs, Optional<Duration> after) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Wake> wakes() {
    var fresh = "\"job\":{\"cache\":{\"emptyDir\":{}}}";
    return Stream.of(
        new Wake("at rest", "{" + fresh + "}", List.of(), Optional.empty()),
        new Wake(
            "for the next stroke",
            "{" + fresh + ",\"rescan\":{\"schedule\":\"0 13 * * *\"}}",
            List.of(),
            Optional.of(Duration.ofHours(1))),
        new Wake(
            "a week before an exception ends",
            "{"
                + fresh
                + ",\"exceptions\":[{\"id\":\"a\",\"justification\":\"component_not_present\","
                + "\"expiresAt\":\"2026-11-29T12:00:05Z\"}]}",
            List.of(),
            Optional.of(Duration.ofSeconds(5))),
        new Wake("for the next look", "{}", List.of(known()), Optional.of(Duration.ofHours(6))),
        new Wake(
            "for the next look, as often as asked",
            "{\"interval\":\"10m\"}",
            List.of(known()),
            Optional.of(Duration.ofMinutes(10))),
        new Wake(
            "when the database becomes stale",
            "{\"interval\":\"1000h\"}",
            List.of(known()),
            Optional.of(Duration.between(NOON, BUILT.plus(Standing.STALE)))));
  }

  @ParameterizedTest
  @MethodSource("wakes")
  void wakesForWhatChangesByItself(Wake c) {
    var decision = PolicyDecision.decide(seen(policy(c.spec()), c.runs()), NOON);

    assertThat(decision.wakeAt()).isEqualTo(c.after().map(NOON::plus));
  }

  @Test
  void statusSaysWhatIsKnown() {
    var policy =
        policy(
            """
            {"rescan":{"schedule":"30 11 * * *","onDatabaseUpdate":true},"exceptions":[
              {"id":"a","justification":"component_not_present","expiresAt":"2026-11-22T12:00:00Z"},
              {"id":"b","justification":"component_not_present","expiresAt":"2026-11-22T12:00:01Z"}]}
            """);
    policy.getMetadata().setAnnotations(new HashMap<>());
    policy.getMetadata().getAnnotations().put("reconcile.fluxcd.io/requestedAt", "today");
    var seen = seen(policy, List.of(known()));

    var status = PolicyDecision.decide(seen, NOON).status(seen, List.of(), NOON);

    assertThat(status.observedGeneration()).isEqualTo(3);
    assertThat(status.databaseUpdatedAt()).isEqualTo(Instant.parse("2026-11-22T06:00:00Z"));
    assertThat(status.databaseCheckedAt()).isEqualTo(NOON);
    assertThat(status.lastRescanAt()).isEqualTo(Instant.parse("2026-11-22T11:30:00Z"));
    assertThat(status.nextRescanAt()).isEqualTo(Instant.parse("2026-11-23T11:30:00Z"));
    assertThat(status.exceptions()).isEqualTo(new ScanPolicyStatus.ExceptionCounts(1, 1, 1));
    assertThat(status.counts()).isEqualTo(SOME);
    assertThat(status.lastHandledReconcileAt()).isEqualTo("today");
    assertThat(status.conditions())
        .extracting(c -> c.type() + "=" + c.status())
        .containsExactly("Ready=True", "DatabaseStale=False");
  }

  @Test
  void whatAPersonAskedForIsHandledOnce() {
    var policy = policy("{}");
    policy.getMetadata().setAnnotations(new HashMap<>());
    policy.getMetadata().getAnnotations().put("reconcile.fluxcd.io/requestedAt", "today");
    var asked = PolicyDecision.decide(seen(policy, List.of(known())), NOON);
    policy.setStatus(new ScanPolicyStatusBuilder().lastHandledReconcileAt("today").build());
    var handled = PolicyDecision.decide(seen(policy, List.of(known())), NOON);

    assertThat(asked.plan().steps()).containsExactly(new Step.Create(2, 1));
    assertThat(handled.plan().steps()).isEmpty();
  }

  @Test
  void whereNobodyFollowsTheDatabaseNothingIsSaidOfIt() {
    var policy = policy("{\"job\":{\"cache\":{\"emptyDir\":{}}}}");
    var seen = seen(policy, List.of(known()));

    var status = PolicyDecision.decide(seen, NOON).status(seen, List.of(), NOON);

    assertThat(status.databaseUpdatedAt()).isNull();
    assertThat(status.databaseCheckedAt()).isNull();
    assertThat(status.conditions()).hasSize(1);
  }

  record Pace(String name, Counts was, Counts is, Optional<Instant> written, CountsPace pace) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Pace> paces() {
    var pause = CountsPace.PAUSE;
    return Stream.of(
        new Pace("never written", NONE, SOME, Optional.empty(), now(SOME)),
        new Pace("equal", SOME, SOME, Optional.of(NOON), now(SOME)),
        new Pace(
            "other ones too soon wait",
            NONE,
            SOME,
            Optional.of(NOON.minus(pause).plusNanos(1)),
            new CountsPace(NONE, Optional.of(NOON.plusNanos(1)))),
        new Pace(
            "the end of the pause is time", NONE, SOME, Optional.of(NOON.minus(pause)), now(SOME)));
  }

  @ParameterizedTest
  @MethodSource("paces")
  void countsAreWrittenAtMostEveryHalfMinute(Pace c) {
    assertThat(CountsPace.of(c.was(), c.is(), c.written(), NOON)).isEqualTo(c.pace());
  }

  @Test
  void theFirstCountsAreWrittenAtOnce() {
    assertThat(CountsPace.of(null, SOME, Optional.of(NOON), NOON)).isEqualTo(now(SOME));
  }

  @Test
  void theOldestPolicyThatNeedsTheDatabaseKeepsIt() {
    var old = Policies.policy("old", "2026-01-01T00:00:00Z", "{\"suspend\":true}");
    var middle = Policies.policy("middle", "2026-02-01T00:00:00Z", "{}");
    var young = Policies.policy("young", "2026-03-01T00:00:00Z", "{}");
    var other =
        Policies.policy("other", "2025-01-01T00:00:00Z", "{\"engine\":{\"dbRepository\":\"a/b\"}}");
    var refused =
        Policies.policy("refused", "2025-01-01T00:00:00Z", "{\"engine\":{\"image\":\"a/b\"}}");
    var leaving = Policies.policy("leaving", "2025-01-01T00:00:00Z", "{}");
    leaving.getMetadata().setDeletionTimestamp("2026-11-22T12:00:00Z");

    var sharing =
        Sharing.of(
            young,
            ScanInputs.of(young.getSpec(), "image"),
            List.of(young, other, refused, leaving, old, middle),
            PolicyDecisionTest::image);

    assertThat(sharing.policies()).containsExactly(old, middle, young);
    assertThat(sharing.keeper()).contains(middle);
    assertThat(sharing.isKeptBy(middle)).isTrue();
    assertThat(sharing.isKeptBy(young)).isFalse();
  }

  @Test
  void aPrivateCacheIsKeptOnlyForWhoRescansForIt() {
    var plain = policy("{\"job\":{\"cache\":{\"emptyDir\":{}}}}");
    var following =
        Policies.policy(
            "following",
            CREATED,
            "{\"job\":{\"cache\":{\"emptyDir\":{}}},\"rescan\":{\"onDatabaseUpdate\":true}}");
    var inputs = ScanInputs.of(plain.getSpec(), "image");

    assertThat(Sharing.of(plain, inputs, List.of(plain), PolicyDecisionTest::image).keeper())
        .isEmpty();
    assertThat(
            Sharing.of(plain, inputs, List.of(plain, following), PolicyDecisionTest::image)
                .keeper())
        .contains(following);
  }

  private static EngineImage image(ScanPolicySpec spec) {
    return spec.engine() == null || spec.engine().image() == null
        ? IMAGE
        : new EngineImage.Refused("no");
  }

  private static CountsPace now(Counts counts) {
    return new CountsPace(counts, Optional.empty());
  }

  private static ScanPolicy policy(String json) {
    return Policies.policy("policy", CREATED, json);
  }

  private static Observed seen(ScanPolicy policy, List<DatabaseRun> runs) {
    var wanted = Sharing.needsDatabase(policy.getSpec());
    return new Observed(
        policy,
        IMAGE,
        Optional.of(new Observed.Database(runs, true, wanted)),
        List.of(),
        SOME,
        ImageFacts.NONE,
        Optional.empty());
  }

  private static DatabaseRun known() {
    return new DatabaseRun(
        "j-1-1",
        1,
        1,
        new DatabaseOutcome.Succeeded(new DatabaseSummary(1, BUILT, null), NOON),
        Optional.of(BUILT));
  }
}
