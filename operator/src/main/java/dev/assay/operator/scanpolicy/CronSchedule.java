package dev.assay.operator.scanpolicy;

import static java.time.temporal.ChronoUnit.SECONDS;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/// A cron expression of five fields (minute, hour, day of month, month, day of week) in UTC, as
/// `crontab(5)` has it: with both days restricted, either is enough.
public final class CronSchedule {
  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  private final ExecutionTime times;

  private CronSchedule(ExecutionTime times) {
    this.times = times;
  }

  /// What came of reading a text.
  public sealed interface Reading {
    record Ok(CronSchedule schedule) implements Reading {}

    /// @param problem a sentence for people
    record Malformed(String problem) implements Reading {}
  }

  public static Reading read(String text) {
    try {
      return new Reading.Ok(new CronSchedule(ExecutionTime.forCron(PARSER.parse(text).validate())));
    } catch (IllegalArgumentException e) {
      return new Reading.Malformed("'" + text + "' is no cron expression: " + e.getMessage());
    }
  }

  /// The first stroke after `time`; empty when there is none for years, as for 30 February.
  public Optional<Instant> next(Instant time) {
    return times.nextExecution(time.atZone(ZoneOffset.UTC)).map(t -> t.toInstant());
  }

  /// The last stroke at or before `time`.
  public Optional<Instant> last(Instant time) {
    // lastExecution is strictly before, and strokes are in whole seconds.
    var after = time.truncatedTo(SECONDS).plusSeconds(1);
    return times.lastExecution(after.atZone(ZoneOffset.UTC)).map(t -> t.toInstant());
  }
}
