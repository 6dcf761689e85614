package dev.assay.operator.artifact.decision;

import static dev.assay.operator.artifact.decision.Given.HEX;
import static dev.assay.operator.artifact.decision.Given.NOON;
import static dev.assay.operator.artifact.decision.Given.UID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.artifact.ArtifactStatus.Quarantine;
import dev.assay.api.artifact.ArtifactStatusBuilder;
import dev.assay.api.artifact.Scan;
import dev.assay.api.artifact.ScanBuilder;
import dev.assay.operator.scan.ScanQueue.Waiting;
import dev.assay.operator.status.Conditions;
import dev.assay.operator.status.Draft;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScanTurnTest {
  record Case(
      String name, Consumer<Given> change, UnaryOperator<Given.Policy> policy, boolean waits) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case with(String name, boolean waits, Consumer<Given> change) {
    return new Case(name, change, p -> p, waits);
  }

  private static Consumer<Given> scan(UnaryOperator<ScanBuilder> change) {
    return g ->
        g.status =
            ArtifactStatusBuilder.of(g.status)
                .scan(change.apply(ScanBuilder.of(g.status.scan())).build())
                .build();
  }

  private static Consumer<Given> stalled(boolean quarantined) {
    return g ->
        g.status =
            ArtifactStatusBuilder.of(g.status)
                .quarantine(quarantined ? new Quarantine(NOON, "SecretsFound", null) : null)
                .conditions(
                    Conditions.merge(List.of(), List.of(Draft.holds("Stalled", "x", "")), 1, NOON))
                .build();
  }

  static Stream<Case> cases() {
    return Stream.of(
        with("stored bytes without a verdict wait", true, g -> {}),
        with(
            "bytes that are not there do not",
            false,
            g -> g.status = ArtifactStatusBuilder.of(g.status).digest(null).build()),
        with("a running scan has its slot", false, scan(s -> s.jobName("j"))),
        with("a suspended Artifact does not wait", false, g -> g.suspend = true),
        with("one that is stuck does not", false, stalled(false)),
        with("a quarantined one does", true, stalled(true)),
        with("a failing one does", true, stalled(false).andThen(scan(s -> s.lastFailure("x")))),
        with("a verdict that stands is enough", false, scan(s -> Given.scan(Scan.Verdict.Clean))),
        with("the pause is not over", false, scan(s -> s.nextAttemptAt(NOON.plusSeconds(1)))),
        with("the pause is over", true, scan(s -> s.nextAttemptAt(NOON))),
        with(
            "a person may cut it short",
            true,
            scan(s -> s.nextAttemptAt(NOON.plusSeconds(1))).andThen(g -> g.requestedAt = "now")),
        new Case(
            "a suspended policy starts nothing",
            g -> {},
            p -> {
              p.startsScans = PolicySight.Starts.Suspended;
              return p;
            },
            false),
        new Case(
            "nor does one without a database",
            g -> g.requestedAt = "now",
            p -> {
              p.startsScans = PolicySight.Starts.NoDatabase;
              return p;
            },
            false),
        new Case(
            "one that has given up does not wait",
            scan(s -> s.attempts(3)),
            p -> {
              p.quarantinesOnError = true;
              return p;
            },
            false),
        new Case(
            "the last retry is not given up",
            scan(s -> s.attempts(2)),
            p -> {
              p.quarantinesOnError = true;
              return p;
            },
            true),
        with("with onError Retry nobody gives up", true, scan(s -> s.attempts(3))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void knowsWhoWaits(Case c) {
    var given = new Given();
    given.status = new ArtifactStatusBuilder().digest("sha256:" + HEX).storedAt(NOON).build();
    c.change().accept(given);

    assertThat(ScanTurn.isWaitedFor(given.subject(), Given.policy(c.policy()), NOON))
        .isEqualTo(c.waits());
  }

  @Test
  void firstScansWaitSinceTheyWereStoredAndRescansSinceTheLastScan() {
    var given = new Given();
    assertThat(ScanTurn.waiting(given.subject())).isEqualTo(new Waiting(UID, false, Instant.EPOCH));

    given.status = new ArtifactStatusBuilder().storedAt(NOON).build();
    assertThat(ScanTurn.waiting(given.subject())).isEqualTo(new Waiting(UID, false, NOON));

    given.status =
        ArtifactStatusBuilder.of(given.status)
            .scan(Given.scan(Scan.Verdict.Clean).scannedAt(NOON.plusSeconds(9)).build())
            .build();
    assertThat(ScanTurn.waiting(given.subject()))
        .isEqualTo(new Waiting(UID, true, NOON.plusSeconds(9)));
  }
}
