package dev.assay.operator.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.Condition;
import dev.assay.api.Condition.Status;
import dev.assay.api.bucket.BucketStatus;
import dev.assay.api.bucket.BucketStatus.Phase;
import dev.assay.operator.bucket.Observed.Counts;
import dev.assay.operator.bucket.Observed.Objects;
import dev.assay.operator.bucket.Observed.Reach;
import dev.assay.operator.bucket.Observed.Servers;
import dev.assay.operator.owned.Applied;
import dev.assay.wire.control.StoreStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BucketDecisionTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Objects MADE = new Objects.AsDesired("digest");
  private static final Servers UP = new Servers(1, 1, "");
  private static final Servers DOWN = new Servers(1, 0, "");
  private static final Reach SILENT = new Reach.Silent("connection refused");
  private static final Reach NOBODY = new Reach.NotAsked();

  /// @param ready `Status/reason` of Ready
  /// @param beside Reconciling or Stalled, or empty
  record Case(
      String name,
      Objects objects,
      Servers servers,
      Reach reach,
      boolean served,
      String ready,
      String beside,
      Phase phase,
      @Nullable Duration recheck) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            "serves", MADE, UP, answers("digest"), false, "True/Succeeded", "", Phase.Ready, null),
        new Case(
            "serves and waits for its configuration",
            MADE,
            UP,
            answers("old"),
            true,
            "True/Succeeded",
            "Reconciling",
            Phase.Ready,
            BucketDecision.SETTLING),
        new Case(
            "serves while it is suspended",
            new Objects.Suspended(),
            UP,
            answers("old"),
            true,
            "True/Succeeded",
            "",
            Phase.Ready,
            null),
        new Case(
            "starts",
            MADE,
            DOWN,
            NOBODY,
            false,
            "Unknown/Progressing",
            "Reconciling",
            Phase.Pending,
            null),
        new Case(
            "starts with trouble",
            MADE,
            new Servers(1, 0, "ErrImagePull: no such image"),
            NOBODY,
            false,
            "Unknown/Progressing",
            "Reconciling",
            Phase.Pending,
            null),
        new Case(
            "has lost its server",
            MADE,
            DOWN,
            NOBODY,
            true,
            "False/DataPlaneNotReady",
            "Reconciling",
            Phase.Degraded,
            null),
        new Case(
            "does not answer",
            MADE,
            UP,
            SILENT,
            true,
            "False/StoreUnavailable",
            "Reconciling",
            Phase.Degraded,
            BucketDecision.SILENT),
        new Case(
            "asks for what is not built",
            new Objects.NotBuilt(List.of("spec.retention")),
            UP,
            answers("digest"),
            true,
            "False/NotImplemented",
            "Stalled",
            Phase.Failed,
            null),
        new Case(
            "has no image",
            new Objects.NoImage(),
            DOWN,
            NOBODY,
            false,
            "False/DependencyNotReady",
            "Stalled",
            Phase.Failed,
            null),
        new Case(
            "waits for its predecessor to go",
            new Objects.Leaving(),
            DOWN,
            NOBODY,
            false,
            "Unknown/Progressing",
            "Reconciling",
            Phase.Pending,
            BucketDecision.LEAVING),
        blocked("a foreign object", new Applied.Foreign("Service team/releases"), "NameConflict"),
        blocked(
            "a field of somebody else",
            new Applied.Contested("ConfigMap team/x", ".data"),
            "FieldConflict"),
        blocked("a missing right", new Applied.Denied("Secret team/x"), "AccessDenied"),
        blocked(
            "what the API server refuses",
            new Applied.Refused("Claim team/x", "too big"),
            "InvalidSpec"));
  }

  private static Case blocked(String name, Applied problem, String reason) {
    return new Case(
        name,
        new Objects.Blocked(problem),
        DOWN,
        NOBODY,
        false,
        "False/" + reason,
        "Stalled",
        Phase.Failed,
        BucketDecision.BLOCKED);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aBucket(Case c) {
    var decision = BucketDecision.decide(seen("", c.objects(), c.servers(), c.reach(), c.served()));

    var ready = draft(decision, "Ready");
    assertThat(ready).isEqualTo(c.ready());
    assertThat(decision.phase()).isEqualTo(c.phase());
    assertThat(decision.recheckAfter()).isEqualTo(Optional.ofNullable(c.recheck()));
    assertThat(Stream.of("Reconciling", "Stalled").filter(t -> !draft(decision, t).isEmpty()))
        .isEqualTo(c.beside().isEmpty() ? List.of() : List.of(c.beside()));
  }

  @Test
  void aMissingRightSaysTheCommandThatGivesIt() {
    var decision =
        BucketDecision.decide(
            seen(
                "", new Objects.Blocked(new Applied.Denied("Secret team/x")), DOWN, NOBODY, false));

    assertThat(decision.drafts().getFirst().message())
        .contains(
            "kubectl create rolebinding assay --namespace team --clusterrole assay-tenant"
                + " --serviceaccount assay-elsewhere:assay-operator");
  }

  record QuotaCase(String name, String spec, Reach reach, String condition) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<QuotaCase> quotas() {
    return Stream.of(
        new QuotaCase("without a quota nothing is exceeded", "", answers(""), "False/Succeeded"),
        new QuotaCase(
            "ten bytes of ten are the quota",
            "limits: {quota: {maxSize: '10'}}",
            answers(""),
            "True/QuotaExceeded"),
        new QuotaCase(
            "ten bytes of eleven are within",
            "limits: {quota: {maxSize: '11'}}",
            answers(""),
            "False/Succeeded"),
        new QuotaCase(
            "two objects of two are the quota",
            "limits: {quota: {maxObjects: 2}}",
            answers(""),
            "True/QuotaExceeded"),
        new QuotaCase(
            "two objects of three are within",
            "limits: {quota: {maxObjects: 3}}",
            answers(""),
            "False/Succeeded"),
        new QuotaCase(
            "a silent store has no answer",
            "limits: {quota: {maxObjects: 3}}",
            SILENT,
            "Unknown/DataPlaneNotReady"));
  }

  @ParameterizedTest
  @MethodSource("quotas")
  void aQuota(QuotaCase c) {
    var decision = BucketDecision.decide(seen(c.spec(), MADE, UP, c.reach(), true));

    assertThat(draft(decision, "QuotaExceeded")).isEqualTo(c.condition());
  }

  @Test
  void numbersAreWrittenAtMostEveryHalfMinuteAndOnlyWhenTheyDiffer() {
    var first = draftAt(Optional.empty(), new Counts(1, 0, 0), NOON);
    var soon = draftAt(Optional.of(first.status()), new Counts(2, 1, 0), NOON.plusSeconds(10));
    var due = draftAt(Optional.of(first.status()), new Counts(2, 1, 0), NOON.plusSeconds(30));
    var same = draftAt(Optional.of(first.status()), new Counts(1, 0, 0), NOON.plusSeconds(99));

    assertThat(first.status().artifacts()).isEqualTo(new BucketStatus.ArtifactCounts(1, 0, 0));
    assertThat(first.numbersDueIn()).isEmpty();
    assertThat(soon.status().artifacts()).isEqualTo(new BucketStatus.ArtifactCounts(1, 0, 0));
    assertThat(soon.numbersDueIn()).contains(Duration.ofSeconds(20));
    assertThat(due.status().artifacts()).isEqualTo(new BucketStatus.ArtifactCounts(2, 1, 0));
    assertThat(same.status()).isEqualTo(first.status());
  }

  private static DraftStatus draftAt(Optional<BucketStatus> was, Counts counts, Instant now) {
    var seen =
        new Observed(
            "assay-elsewhere",
            "team",
            "releases",
            Buckets.plain().getSpec(),
            was,
            MADE,
            UP,
            answers("digest"),
            counts);
    return DraftStatus.of(seen, BucketDecision.decide(seen), 3, null, now);
  }

  private static Observed seen(
      String spec, Objects objects, Servers servers, Reach reach, boolean served) {
    var bucket = Buckets.with(spec);
    return new Observed(
        "assay-elsewhere",
        "team",
        "releases",
        bucket.getSpec(),
        served ? Optional.of(servedBefore()) : Optional.empty(),
        objects,
        servers,
        reach,
        new Counts(0, 0, 0));
  }

  private static BucketStatus servedBefore() {
    return new BucketStatus(
        3L,
        Phase.Ready,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        null,
        List.of(new Condition("Ready", Status.True, 3L, NOON, "Succeeded", "")));
  }

  private static Reach answers(String configurationDigest) {
    return new Reach.Answers(new StoreStatus(Buckets.UID, "e", 2, 10, NOON, configurationDigest));
  }

  private static String draft(BucketDecision decision, String type) {
    return decision.drafts().stream()
        .filter(d -> d.type().equals(type))
        .map(d -> d.status() + "/" + d.reason())
        .findFirst()
        .orElse("");
  }
}
