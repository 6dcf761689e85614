package dev.assay.operator.control;

import dev.assay.wire.control.StoredVersion;

/// What became of a state change.
public sealed interface StateAnswer {
  /// The version has the state that was asked for.
  record Changed(StoredVersion version) implements StateAnswer {}

  /// The version is not the one that was judged; observe again before deciding again.
  record Moved(StoredVersion current) implements StateAnswer {}

  /// There is no such version.
  record Missing() implements StateAnswer {}
}
