package dev.assay.operator.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.Condition;
import dev.assay.api.Condition.Status;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConditionsTest {
  private static final Instant BEFORE = Instant.parse("2026-11-22T11:00:00Z");
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.123456789Z");
  private static final Instant NOW_WHOLE = Instant.parse("2026-11-22T12:00:00Z");

  record Case(String name, List<Condition> was, List<Draft> drafts, List<Condition> is) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            "a new condition begins now, without fractions of a second",
            List.of(),
            List.of(Draft.holds("Ready", "Succeeded", "all is well")),
            List.of(condition("Ready", Status.True, NOW_WHOLE, "Succeeded", "all is well"))),
        new Case(
            "another message and reason do not move the time",
            List.of(condition("Ready", Status.False, BEFORE, "A", "a")),
            List.of(Draft.fails("Ready", "B", "b")),
            List.of(condition("Ready", Status.False, BEFORE, "B", "b"))),
        new Case(
            "another status moves it",
            List.of(condition("Ready", Status.Unknown, BEFORE, "A", "a")),
            List.of(Draft.fails("Ready", "A", "a")),
            List.of(condition("Ready", Status.False, NOW_WHOLE, "A", "a"))),
        new Case(
            "what no draft names is gone",
            List.of(
                condition("Ready", Status.True, BEFORE, "A", ""),
                condition("Quarantined", Status.True, BEFORE, "A", "")),
            List.of(Draft.holds("Ready", "A", "")),
            List.of(condition("Ready", Status.True, BEFORE, "A", ""))),
        new Case(
            "Reconciling and Stalled stand only while they hold",
            List.of(),
            List.of(Draft.fails("Reconciling", "A", ""), Draft.unknown("Stalled", "A", "")),
            List.of()),
        new Case(
            "one of them may hold beside the absence of the other",
            List.of(),
            List.of(Draft.holds("Stalled", "A", ""), Draft.fails("Reconciling", "A", "")),
            List.of(condition("Stalled", Status.True, NOW_WHOLE, "A", ""))),
        new Case(
            "the summary comes first, the rest by name",
            List.of(),
            List.of(
                Draft.holds("Scanned", "A", ""),
                Draft.holds("ArtifactInStorage", "A", ""),
                Draft.holds("Stalled", "A", ""),
                Draft.fails("Ready", "A", "")),
            List.of(
                condition("Ready", Status.False, NOW_WHOLE, "A", ""),
                condition("Stalled", Status.True, NOW_WHOLE, "A", ""),
                condition("ArtifactInStorage", Status.True, NOW_WHOLE, "A", ""),
                condition("Scanned", Status.True, NOW_WHOLE, "A", ""))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void mergesDraftsIntoConditions(Case c) {
    assertThat(Conditions.merge(c.was(), c.drafts(), 7, NOW)).isEqualTo(c.is());
  }

  @Test
  void twoDraftsOfATypeAreRefused() {
    var twice = List.of(Draft.holds("Ready", "A", ""), Draft.fails("Ready", "A", ""));

    assertThatThrownBy(() -> Conditions.merge(List.of(), twice, 1, NOW))
        .hasMessage("two drafts of condition Ready");
  }

  @Test
  void reconcilingBesideStalledIsRefused() {
    var both = List.of(Draft.holds("Reconciling", "A", ""), Draft.holds("Stalled", "A", ""));

    assertThatThrownBy(() -> Conditions.merge(List.of(), both, 1, NOW))
        .hasMessage("Reconciling and Stalled cannot both hold");
  }

  @Test
  void conditionsAreFoundByType() {
    var all =
        List.of(
            condition("Ready", Status.True, BEFORE, "A", "a"),
            condition("Scanned", Status.Unknown, BEFORE, "B", "b"));

    assertThat(Conditions.holds(all, "Ready")).isTrue();
    assertThat(Conditions.holds(all, "Scanned")).isFalse();
    assertThat(Conditions.holds(all, "Stalled")).isFalse();
    assertThat(Conditions.find(all, "Scanned")).contains(all.get(1));
    assertThat(Conditions.keep(all, "Scanned", "Stalled"))
        .containsExactly(Draft.unknown("Scanned", "B", "b"));
  }

  record Summary(Readiness readiness, List<Draft> drafts) {}

  static Stream<Summary> summaries() {
    return Stream.of(
        new Summary(new Readiness.Ready("m"), List.of(Draft.holds("Ready", "Succeeded", "m"))),
        new Summary(
            new Readiness.Waiting("AwaitingUpload", "m"),
            List.of(Draft.unknown("Ready", "AwaitingUpload", "m"))),
        new Summary(
            new Readiness.Progressing("m"),
            List.of(
                Draft.unknown("Ready", "Progressing", "m"),
                Draft.holds("Reconciling", "Progressing", "m"))),
        new Summary(
            new Readiness.Retrying("ScanFailed", "m"),
            List.of(
                Draft.fails("Ready", "ScanFailed", "m"),
                Draft.holds("Reconciling", "ProgressingWithRetry", "m"))),
        new Summary(
            new Readiness.Stalled("Quarantined", "m"),
            List.of(
                Draft.fails("Ready", "Quarantined", "m"),
                Draft.holds("Stalled", "Quarantined", "m"))));
  }

  @ParameterizedTest
  @MethodSource("summaries")
  void readinessHasTheCombinationsThatKstatusReads(Summary c) {
    assertThat(c.readiness().drafts()).isEqualTo(c.drafts());
  }

  private static Condition condition(
      String type, Status status, Instant since, String reason, String message) {
    return new Condition(type, status, 7L, since, reason, message);
  }
}
