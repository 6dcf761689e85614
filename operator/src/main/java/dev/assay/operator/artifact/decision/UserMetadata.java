package dev.assay.operator.artifact.decision;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// `spec.metadata` as it may travel in HTTP headers.
public final class UserMetadata {
  /// S3 allows 2 KB for all names and values of an object together.
  static final int MOST_BYTES = 2048;

  private UserMetadata() {}

  /// Names in lower case with `-` for what a header's name cannot hold, values in printable ASCII
  /// with `?` for the rest. Of names that become the same one the first in order stays; what goes
  /// beyond `MOST_BYTES` is left out, whole entries only, in order of their names.
  public static Map<String, String> sanitised(Map<String, String> metadata) {
    var clean = new TreeMap<String, String>();
    var bytes = 0;
    for (var entry : new TreeMap<>(metadata).entrySet()) {
      var name = name(entry.getKey());
      var value = value(entry.getValue());
      if (!name.isEmpty()
          && !clean.containsKey(name)
          && bytes + name.length() + value.length() <= MOST_BYTES) {
        clean.put(name, value);
        bytes += name.length() + value.length();
      }
    }
    return Collections.unmodifiableMap(clean);
  }

  // RFC 9110 tokens allow more; these survive every proxy and client.
  private static String name(String raw) {
    return raw.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-").replaceAll("^-+|-+$", "");
  }

  private static String value(String raw) {
    return raw.replaceAll("[^\\x20-\\x7E]", "?").strip();
  }
}
