package dev.assay.scanjob;

/// A step that could not do its work, and is worth another try: exit code 1 with a `JobFailure`.
/// What is wrong with the scanned bytes themselves is no failure but {@link Unscannable}.
public final class StepFailure extends Exception {
  private final String reason;

  /// @param reason a word such as `DownloadFailed`
  /// @param message a sentence for people; no URL, no text of the scanned bytes
  public StepFailure(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  public String reason() {
    return reason;
  }

  public String sentence() {
    return String.valueOf(getMessage());
  }
}
