package dev.assay.operator.artifact;

/// A step could not be done, for a reason that people can read; it is tried again.
final class Hindered extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /// @param reason a word from `Vocabulary.Reasons`
  Hindered(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
