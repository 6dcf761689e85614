package dev.assay.dataplane.store;

/// What a key or a version id leads to.
public sealed interface Lookup {
  /// Close the reading, also after a HEAD.
  record Found(Reading reading) implements Lookup {}

  record Missing() implements Lookup {}

  /// There are versions but none is served; the newest is Staged.
  record NotReleased(Version newest) implements Lookup {}

  /// There are versions but none is served; the newest is Quarantined.
  record Quarantined(Version newest) implements Lookup {}
}
