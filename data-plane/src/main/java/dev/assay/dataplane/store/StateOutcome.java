package dev.assay.dataplane.store;

import dev.assay.wire.control.StoredVersion;

/// The answer to a change of state.
public sealed interface StateOutcome {
  record Applied(StoredVersion version) implements StateOutcome {}

  /// Another revision or digest than the one that was judged.
  record Conflict(StoredVersion current) implements StateOutcome {}

  record Missing() implements StateOutcome {}
}
