package dev.assay.operator.artifact.decision;

import java.nio.charset.StandardCharsets;

/// The key that an Artifact's bytes lie at.
public sealed interface LocationKey {
  /// S3's limit, in bytes of UTF-8.
  int MOST_BYTES = 1024;

  /// Where reports lie; nothing that a user names may be there.
  String RESERVED = ".assay/";

  record Usable(String key) implements LocationKey {}

  record Refused(String message) implements LocationKey {}

  /// `asked`, or `<name>/<version>/<filename>` when it is empty; without a file name the Artifact's
  /// name stands for it.
  static LocationKey of(String asked, String name, String version, String filename) {
    var file = filename.isEmpty() ? name : filename;
    return judged(asked.isEmpty() ? name + "/" + version + "/" + file : asked);
  }

  private static LocationKey judged(String key) {
    if (key.startsWith(RESERVED) || key.equals(".assay")) {
      return new Refused(
          "key '%s' lies below '%s', which is kept for reports".formatted(key, RESERVED));
    }
    var bytes = key.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_BYTES) {
      return new Refused(
          "the key has %d bytes, at most %d are possible".formatted(bytes, MOST_BYTES));
    }
    // A client that cleans up paths would ask for another object than the one that was judged.
    for (var segment : key.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        return new Refused(
            "key '%s' has a segment '%s', which clients resolve in different ways"
                .formatted(key, segment));
      }
    }
    return key.chars().anyMatch(Character::isISOControl)
        ? new Refused("the key has a control character")
        : new Usable(key);
  }
}
