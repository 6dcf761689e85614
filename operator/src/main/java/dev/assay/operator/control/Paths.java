package dev.assay.operator.control;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Percent-encoding for paths and queries: all but RFC 3986's unreserved characters.
final class Paths {
  private Paths() {}

  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  /// A key keeps its slashes.
  static String key(String key) {
    return segment(key).replace("%2F", "/");
  }
}
