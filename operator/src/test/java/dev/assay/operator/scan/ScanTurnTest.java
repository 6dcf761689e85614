package dev.assay.operator.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.operator.scan.ScanQueue.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScanTurnTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Waiting OLD = new Waiting("old", false, NOON.minusSeconds(9));
  private static final Waiting NEW = new Waiting("new", false, NOON);
  private static final Waiting RESCAN = new Waiting("rescan", true, NOON.minusSeconds(99));

  record Case(String name, List<Waiting> queued, int busy, int most, List<String> admitted) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("nobody waits", List.of(), 0, 4, List.of()),
        new Case("who was stored first comes first", List.of(NEW, OLD), 0, 1, List.of("old")),
        new Case(
            "who has no verdict comes before who has one",
            List.of(RESCAN, NEW, OLD),
            0,
            4,
            List.of("old", "new", "rescan")),
        new Case(
            "of two at the same time the UID decides",
            List.of(new Waiting("b", false, NOON), new Waiting("a", false, NOON)),
            0,
            1,
            List.of("a")),
        new Case("running Jobs count", List.of(OLD, NEW), 3, 4, List.of("old")),
        new Case("no slot is left", List.of(OLD, NEW), 4, 4, List.of()),
        new Case("more run than may", List.of(OLD), 5, 4, List.of()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void admitsAsManyAsMayRun(Case c) {
    assertThat(ScanQueue.admitted(c.queued(), c.busy(), c.most())).isEqualTo(c.admitted());
  }

  @Test
  void aJobThatWasJustCreatedCountsUntilItIsSeen() {
    var slots = new ScanSlots();

    assertThat(slots.take("ns/p", "a", List.of(), 2, NOON)).isTrue();
    assertThat(slots.busy("ns/p", List.of(), NOON)).isEqualTo(1);
    assertThat(slots.busy("ns/p", List.of("a"), NOON)).isEqualTo(1);
    assertThat(slots.busy("ns/p", List.of(), NOON)).isZero();
  }

  @Test
  void noMoreThanTheLimitAreTaken() {
    var slots = new ScanSlots();

    assertThat(slots.take("ns/p", "a", List.of("x"), 2, NOON)).isTrue();
    assertThat(slots.take("ns/p", "b", List.of("x"), 2, NOON)).isFalse();
    assertThat(slots.take("ns/p", "a", List.of("x"), 2, NOON)).as("its own again").isTrue();
    assertThat(slots.take("ns/p", "x", List.of("x"), 2, NOON)).as("one that runs").isTrue();
    assertThat(slots.take("ns/q", "c", List.of(), 1, NOON)).as("another policy").isTrue();
  }

  @Test
  void aSlotIsGivenBack() {
    var slots = new ScanSlots();
    slots.take("ns/p", "a", List.of(), 1, NOON);

    slots.give("ns/p", "a");
    slots.give("ns/q", "a");

    assertThat(slots.take("ns/p", "b", List.of(), 1, NOON)).isTrue();
  }

  @Test
  void aJobThatNobodyEverSeesIsForgotten() {
    var slots = new ScanSlots();
    slots.take("ns/p", "a", List.of(), 1, NOON);
    var almost = NOON.plus(ScanSlots.UNSEEN).minusNanos(1);

    assertThat(slots.take("ns/p", "b", List.of(), 1, almost)).isFalse();
    assertThat(slots.take("ns/p", "b", List.of(), 1, NOON.plus(ScanSlots.UNSEEN))).isTrue();
  }
}
