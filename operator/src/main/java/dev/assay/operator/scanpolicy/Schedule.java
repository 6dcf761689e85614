package dev.assay.operator.scanpolicy;

import dev.assay.api.scanpolicy.ScanPolicySpec;
import java.time.Instant;
import java.util.Optional;

/// How `rescan.schedule` stands: nothing is remembered, both strokes follow from the time.
///
/// @param last the last stroke since the policy was created; Artifacts that were scanned before it
///   are due
/// @param problem why there is no schedule, if it cannot be read
record Schedule(Optional<Instant> last, Optional<Instant> next, Optional<String> problem) {
  private static final Schedule NONE =
      new Schedule(Optional.empty(), Optional.empty(), Optional.empty());

  static Schedule of(ScanPolicySpec spec, Instant created, Instant now) {
    var text = spec.rescan() == null ? null : spec.rescan().schedule();
    if (text == null) {
      return NONE;
    }
    return switch (CronSchedule.read(text)) {
      case CronSchedule.Reading.Malformed(var problem) ->
          new Schedule(
              Optional.empty(), Optional.empty(), Optional.of("spec.rescan.schedule: " + problem));
      case CronSchedule.Reading.Ok(var schedule) ->
          new Schedule(
              schedule.last(now).filter(stroke -> !stroke.isBefore(created)),
              schedule.next(now),
              Optional.empty());
    };
  }
}
