package dev.assay.operator.control;

/// An object that the operator reads whole: a report, or a signature.
public sealed interface SmallObject {
  /// @param sha256 lower-case hex, computed here over what arrived
  @SuppressWarnings("ArrayRecordComponent") // read once and parsed; nobody compares or keeps it
  record Read(byte[] bytes, String sha256) implements SmallObject {}

  record Missing() implements SmallObject {}

  /// Longer than the operator reads (1 MiB).
  record TooLarge() implements SmallObject {}
}
