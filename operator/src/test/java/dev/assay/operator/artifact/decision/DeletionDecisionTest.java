package dev.assay.operator.artifact.decision;

import static dev.assay.operator.artifact.decision.Given.HEX;
import static dev.assay.operator.artifact.decision.Given.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.artifact.ArtifactSpec.DeletionPolicy;
import dev.assay.api.artifact.ArtifactStatus.Phase;
import dev.assay.api.artifact.Scan.Verdict;
import dev.assay.operator.artifact.decision.DeletionDecision.Removal;
import dev.assay.operator.status.Conditions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@NullUnmarked // a null here fails the test, as it should
class DeletionDecisionTest {
  private static final Removal SESSION = new Removal.Session("u");
  private static final Removal VERSION = new Removal.Version("v1");
  private static final Removal REPORTS = new Removal.Reports(".assay/reports/" + HEX + "/");

  record Case(String name, DeletionDecision.Observed seen, List<Removal> removals) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static DeletionDecision.Observed seen(
      DeletionPolicy policy, boolean bucket, boolean stored, boolean shares, boolean session) {
    return new DeletionDecision.Observed(
        "u",
        policy,
        bucket,
        stored ? Optional.of("v1") : Optional.empty(),
        stored ? Optional.of(HEX) : Optional.empty(),
        shares,
        session);
  }

  static Stream<Case> cases() {
    var delete = DeletionPolicy.Delete;
    return Stream.of(
        new Case(
            "everything goes, the door first",
            seen(delete, true, true, false, true),
            List.of(SESSION, VERSION, REPORTS)),
        new Case(
            "reports that another Artifact needs stay",
            seen(delete, true, true, true, true),
            List.of(SESSION, VERSION)),
        new Case(
            "without bytes there is only the session",
            seen(delete, true, false, false, true),
            List.of(SESSION)),
        new Case(
            "what never began leaves nothing", seen(delete, true, false, false, false), List.of()),
        new Case(
            "Retain keeps the bytes and closes the door",
            seen(DeletionPolicy.Retain, true, true, false, true),
            List.of(SESSION)),
        new Case(
            "without a Bucket nothing is left to do",
            seen(delete, false, true, false, true),
            List.of()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void decides(Case c) {
    assertThat(DeletionDecision.decide(c.seen())).isEqualTo(c.removals());
  }

  @Test
  void saysWhyItIsBlockedAndKeepsWhatElseWasSaid() {
    var subject = new Given().judged(Verdict.Clean).subject();

    var decision = DeletionDecision.blocked(subject, "connection refused", NOON);

    var status = decision.status();
    assertThat(status.phase()).isEqualTo(Phase.Deleting);
    assertThat(status.observedGeneration()).isEqualTo(1);
    assertThat(Conditions.holds(status.conditions(), "Ready")).isTrue();
    assertThat(Conditions.find(status.conditions(), "DeletionBlocked").orElseThrow().message())
        .isEqualTo(
            "Bucket 'releases' could not be told to remove the bytes: connection refused; it is tried again, and deleting the Bucket lets this Artifact go");
    assertThat(decision.announcements()).extracting("reason").containsExactly("StoreUnavailable");
    assertThat(decision.next()).isEqualTo(new Next.Rest());
  }

  @Test
  void pausesGrowWithTheTimeThatItIsBlocked() {
    var given = new Given().judged(Verdict.Clean);
    given.status = DeletionDecision.blocked(given.subject(), "x", NOON).status();

    assertThat(pause(given, 0)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(33));
    assertThat(pause(given, 100)).isBetween(Duration.ofSeconds(100), Duration.ofSeconds(110));
    assertThat(pause(given, 10_000)).isBetween(Duration.ofMinutes(5), Duration.ofSeconds(330));
    var again = DeletionDecision.blocked(given.subject(), "y", NOON.plusSeconds(100));
    assertThat(again.announcements()).isEmpty();
    assertThat(DeletionDecision.pause(again.status(), NOON.plusSeconds(100), "u"))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(100));
  }

  private static Duration pause(Given given, long seconds) {
    return DeletionDecision.pause(given.status, NOON.plusSeconds(seconds), "u");
  }
}
