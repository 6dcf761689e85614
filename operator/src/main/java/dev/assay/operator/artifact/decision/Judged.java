package dev.assay.operator.artifact.decision;

import java.time.Instant;
import java.util.Optional;

/// What the scan stage decided.
///
/// @param next what to do for the scan's sake, if anything
record Judged(Gate gate, Optional<Next> next, Optional<Instant> wakeAt) {
  static Judged of(Gate gate, Next next) {
    return new Judged(gate, Optional.of(next), Optional.empty());
  }

  static Judged of(Gate gate) {
    return new Judged(gate, Optional.empty(), Optional.empty());
  }

  Judged wakingAt(Instant time) {
    return new Judged(gate, next, Optional.of(wakeAt.filter(t -> t.isBefore(time)).orElse(time)));
  }
}
