package dev.assay.operator.artifact.decision;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// What a stage decided, beside what it wrote into the draft.
///
/// @param wakeAt when to look again though nothing happened
record Outcome(Next next, Standing standing, Optional<Instant> wakeAt) {
  static Outcome rest(Standing standing) {
    return new Outcome(new Next.Rest(), standing, Optional.empty());
  }

  static Outcome of(Next next, Standing standing) {
    return new Outcome(next, standing, Optional.empty());
  }

  Outcome wakingAt(Instant time) {
    return new Outcome(next, standing, earliest(wakeAt, Optional.of(time)));
  }

  Outcome wakingAt(Optional<Instant> time) {
    return new Outcome(next, standing, earliest(wakeAt, time));
  }

  private static Optional<Instant> earliest(Optional<Instant> a, Optional<Instant> b) {
    return Stream.of(a, b).flatMap(Optional::stream).min(Instant::compareTo);
  }
}
