package dev.assay.policy.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExceptionLedgerTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration WEEK = Duration.ofDays(7);

  record Case(String name, List<Duration> ends, ExceptionLedger ledger, Optional<Duration> next) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("none", List.of(), new ExceptionLedger(0, 0, 0), Optional.empty()),
        new Case(
            "one that holds for long is next heard of a week before its end",
            List.of(WEEK.multipliedBy(3)),
            new ExceptionLedger(1, 0, 0),
            Optional.of(WEEK.multipliedBy(2))),
        new Case(
            "a week before its end it expires soon",
            List.of(WEEK),
            new ExceptionLedger(1, 1, 0),
            Optional.of(WEEK)),
        new Case(
            "a second more than a week is not soon",
            List.of(WEEK.plusSeconds(1)),
            new ExceptionLedger(1, 0, 0),
            Optional.of(Duration.ofSeconds(1))),
        new Case(
            "its end itself is expired",
            List.of(Duration.ZERO),
            new ExceptionLedger(0, 0, 1),
            Optional.empty()),
        new Case(
            "each is counted and the nearest change comes first",
            List.of(Duration.ofSeconds(-1), Duration.ofSeconds(5), WEEK.multipliedBy(9)),
            new ExceptionLedger(2, 1, 1),
            Optional.of(Duration.ofSeconds(5))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void countsExceptionsByTheirEnd(Case c) {
    var exemptions = c.ends().stream().map(end -> ending(NOON.plus(end))).toList();

    assertThat(ExceptionLedger.at(NOON, exemptions)).isEqualTo(c.ledger());
    assertThat(ExceptionLedger.changesAt(NOON, exemptions)).isEqualTo(c.next().map(NOON::plus));
  }

  private static Exemption ending(Instant end) {
    return new Exemption("CVE-1", new Exemption.Packages.Any(), LabelMatch.EVERYTHING, end);
  }
}
