package dev.assay.dataplane.store.filesystem;

import java.util.Locale;
import java.util.regex.Pattern;

/// Patterns of keys and media types: `*` matches within a segment, `**` across segments, `?` one
/// character that is no slash; everything else is itself.
final class Glob {
  private Glob() {}

  static boolean matches(String glob, String text) {
    return compile(glob).matcher(text).matches();
  }

  /// Media types are compared without their parameters and without regard to case (RFC 9110, 8.3).
  static boolean allowsMediaType(String glob, String mediaType) {
    var type = mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return matches(glob.toLowerCase(Locale.ROOT), type);
  }

  private static Pattern compile(String glob) {
    var regex = new StringBuilder();
    var i = 0;
    while (i < glob.length()) {
      if (glob.startsWith("**", i)) {
        regex.append(".*");
        i += 2;
      } else {
        switch (glob.charAt(i)) {
          case '*' -> regex.append("[^/]*");
          case '?' -> regex.append("[^/]");
          default -> regex.append(Pattern.quote(glob.substring(i, i + 1)));
        }
        i++;
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
