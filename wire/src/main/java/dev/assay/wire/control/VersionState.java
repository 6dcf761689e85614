package dev.assay.wire.control;

/// Where a stored version stands. Only `Released` versions are served; every PUT starts as
/// `Staged`.
public enum VersionState {
  Staged,
  Released,
  Quarantined
}
