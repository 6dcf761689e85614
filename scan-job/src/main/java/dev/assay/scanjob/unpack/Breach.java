package dev.assay.scanjob.unpack;

import dev.assay.scanjob.Unscannable;

/// The bytes cannot be scanned, and unpacking stops at once. An exception, though an expected
/// outcome, because it ends any number of nested streams.
public final class Breach extends Exception {
  private final Unscannable unscannable;

  /// @param reason a word, shown in conditions
  /// @param message a sentence that holds no text of the bytes
  public Breach(String reason, String message) {
    super(message, null, false, false); // thrown once for a hostile file; its stack says nothing
    unscannable = new Unscannable(reason, message);
  }

  public Unscannable unscannable() {
    return unscannable;
  }

  static Breach damaged(String format) {
    return new Breach(
        "ArchiveDamaged", "the " + format + " data is damaged or cut short, so it was not opened");
  }
}
