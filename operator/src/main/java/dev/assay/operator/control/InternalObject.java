package dev.assay.operator.control;

/// An object below `.assay/`.
public sealed interface InternalObject {
  /// @param sha256 lower-case hex, computed here over what arrived
  @SuppressWarnings("ArrayRecordComponent") // read once and parsed; nobody compares or keeps it
  record Read(byte[] bytes, String sha256) implements InternalObject {}

  record Missing() implements InternalObject {}

  /// Longer than the operator reads (1 MiB).
  record TooLarge() implements InternalObject {}
}
