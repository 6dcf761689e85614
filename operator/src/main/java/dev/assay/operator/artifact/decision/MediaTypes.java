package dev.assay.operator.artifact.decision;

import java.util.List;
import java.util.Locale;

/// Patterns of media types such as `application/*` or `*/*`.
final class MediaTypes {
  private MediaTypes() {}

  /// An empty list of patterns allows all.
  static boolean allowed(String mediaType, List<String> patterns) {
    return patterns.isEmpty() || patterns.stream().anyMatch(p -> matches(mediaType, p));
  }

  private static boolean matches(String mediaType, String pattern) {
    var type = mediaType.toLowerCase(Locale.ROOT);
    var wanted = pattern.toLowerCase(Locale.ROOT);
    return wanted.equals("*/*")
        || wanted.equals(type)
        || (wanted.endsWith("/*") && type.startsWith(wanted.substring(0, wanted.length() - 1)));
  }
}
