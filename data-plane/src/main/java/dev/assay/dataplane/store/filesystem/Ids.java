package dev.assay.dataplane.store.filesystem;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;

/// Names that nothing else has: 48 bits of milliseconds, then 80 random bits, as 32 hex digits.
/// They sort by time, which keeps the index's pages together.
final class Ids {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Ids() {}

  static String next(Instant now) {
    var random = new byte[10];
    RANDOM.nextBytes(random);
    return HexFormat.of().toHexDigits(now.toEpochMilli(), 12) + HexFormat.of().formatHex(random);
  }

  /// The file of bytes alone, which is never read for a trailer.
  static String part(String id) {
    return id + ".part";
  }

  /// Whether a text has the form of an id, and so is safe as a file's name.
  static boolean isOne(String text) {
    return text.length() == 32 && text.chars().allMatch(c -> HexFormat.isHexDigit(c));
  }
}
