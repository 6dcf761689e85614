package dev.assay.operator.scanpolicy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.assay.api.scanpolicy.ScanPolicySpec;
import dev.assay.wire.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScheduleTest {
  private static final String LONG_AGO = "2020-01-01T00:00:00Z";

  record Case(String name, String cron, String created, String now, String last, String next) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            "daily",
            "0 3 * * *",
            LONG_AGO,
            "2026-11-22T12:00:00Z",
            "2026-11-22T03:00:00Z",
            "2026-11-23T03:00:00Z"),
        new Case(
            "the stroke itself is the last one",
            "0 3 * * *",
            LONG_AGO,
            "2026-11-22T03:00:00Z",
            "2026-11-22T03:00:00Z",
            "2026-11-23T03:00:00Z"),
        new Case(
            "a moment before is not",
            "0 3 * * *",
            LONG_AGO,
            "2026-11-22T02:59:59.999Z",
            "2026-11-21T03:00:00Z",
            "2026-11-22T03:00:00Z"),
        new Case(
            "strokes before the policy was there do not count",
            "0 3 * * *",
            "2026-11-22T03:00:01Z",
            "2026-11-22T12:00:00Z",
            "",
            "2026-11-23T03:00:00Z"),
        new Case(
            "a stroke at its creation does",
            "0 3 * * *",
            "2026-11-22T03:00:00Z",
            "2026-11-22T12:00:00Z",
            "2026-11-22T03:00:00Z",
            "2026-11-23T03:00:00Z"),
        new Case(
            "either day is enough",
            "0 0 1 * MON",
            LONG_AGO,
            "2026-11-22T12:00:00Z",
            "2026-11-16T00:00:00Z",
            "2026-11-23T00:00:00Z"),
        new Case(
            "steps and lists",
            "*/20 6,18 * * 1-5",
            LONG_AGO,
            "2026-11-20T18:30:00Z",
            "2026-11-20T18:20:00Z",
            "2026-11-20T18:40:00Z"),
        new Case(
            "29 February",
            "0 0 29 2 *",
            LONG_AGO,
            "2026-11-22T12:00:00Z",
            "2024-02-29T00:00:00Z",
            "2028-02-29T00:00:00Z"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void strokesFollowFromTheTime(Case c) {
    var schedule = Schedule.of(spec(c.cron()), Instant.parse(c.created()), Instant.parse(c.now()));

    assertThat(schedule)
        .isEqualTo(
            new Schedule(
                c.last().isEmpty() ? Optional.empty() : Optional.of(Instant.parse(c.last())),
                Optional.of(Instant.parse(c.next())),
                Optional.empty()));
  }

  @Test
  void noScheduleHasNoStrokes() throws JsonProcessingException {
    var none = new Schedule(Optional.empty(), Optional.empty(), Optional.empty());
    var empty = Json.MAPPER.readValue("{\"rescan\":{}}", ScanPolicySpec.class);

    assertThat(Schedule.of(empty, Instant.EPOCH, Instant.EPOCH)).isEqualTo(none);
  }

  @Test
  void aWrongExpressionIsNamed() {
    var schedule = Schedule.of(spec("0 99 * * *"), Instant.EPOCH, Instant.EPOCH);

    assertThat(schedule.next()).isEmpty();
    assertThat(schedule.problem())
        .hasValueSatisfying(problem ->
            assertThat(problem)
                .startsWith("spec.rescan.schedule: '0 99 * * *' is no cron expression: "));
  }

  private static ScanPolicySpec spec(String cron) {
    try {
      return Json.MAPPER.readValue(
          "{\"rescan\":{\"schedule\":\"" + cron + "\"}}", ScanPolicySpec.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
