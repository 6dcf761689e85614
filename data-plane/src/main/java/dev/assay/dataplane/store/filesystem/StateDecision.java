package dev.assay.dataplane.store.filesystem;

import dev.assay.wire.control.StateChange;
import dev.assay.wire.control.VersionState;
import java.util.Optional;

/// Decides what a change of state does to a version and to its key's served pointer.
sealed interface StateDecision {
  /// The judgement was made on another revision or on other bytes.
  record Conflict() implements StateDecision {}

  /// It is so already, or the very same change was made before.
  record Unchanged() implements StateDecision {}

  record Apply(Pointer pointer) implements StateDecision {}

  enum Pointer {
    MoveHere,
    TakeAway,
    Keep
  }

  static StateDecision decide(VersionRow now, StateChange change) {
    if (!now.facts().sha256().equals(change.sha256())) {
      return new Conflict();
    }
    var same =
        now.state() == change.to()
            && now.reason().equals(Optional.ofNullable(change.reason()))
            && now.message().equals(Optional.ofNullable(change.message()));
    if (same && now.revision() == change.observedRevision() + 1) {
      return new Unchanged(); // the same call again, its answer was lost
    }
    if (now.revision() != change.observedRevision()) {
      return new Conflict();
    }
    var released = change.to() == VersionState.Released;
    if (same && released == now.served()) {
      return new Unchanged();
    }
    if (released) {
      return new Apply(Pointer.MoveHere);
    }
    return new Apply(now.served() ? Pointer.TakeAway : Pointer.Keep);
  }
}
