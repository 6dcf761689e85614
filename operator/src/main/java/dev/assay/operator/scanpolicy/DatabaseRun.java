package dev.assay.operator.scanpolicy;

import dev.assay.operator.scan.DatabaseOutcome;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/// One database Job as it stands.
///
/// @param ordinal which refresh; grows
/// @param attempt at it, from 1
/// @param recorded when the database it found had been built, if that is noted on the Job already
record DatabaseRun(
    String jobName,
    long ordinal,
    int attempt,
    DatabaseOutcome outcome,
    Optional<Instant> recorded) {
  static final Comparator<DatabaseRun> OLDEST_FIRST =
      Comparator.comparingLong(DatabaseRun::ordinal).thenComparingInt(DatabaseRun::attempt);

  private static final Pattern NAME = Pattern.compile("-([0-9]{1,18})-([0-9]{1,9})$");

  /// @return empty for a Job whose name is none of ours
  static Optional<DatabaseRun> of(
      String jobName, DatabaseOutcome outcome, Optional<Instant> recorded) {
    var name = NAME.matcher(jobName);
    return name.find()
        ? Optional.of(
            new DatabaseRun(
                jobName,
                Long.parseLong(name.group(1)),
                Integer.parseInt(name.group(2)),
                outcome,
                recorded))
        : Optional.empty();
  }
}
