package dev.assay.dataplane.control;

import java.util.List;

/// A call's route, and what its path names.
///
/// @param route method and path, `*` where a name stands
/// @param rest the name, empty where there is none
record PathCall(String route, String rest) {
  private static final List<String> NAMING =
      List.of("/v1/sessions/", "/v1/versions/", "/v1/internal/");

  /// What of a version a call is about.
  private static final List<String> PARTS = List.of("/state", "/bytes");

  static PathCall parse(String method, String path) {
    for (var prefix : NAMING) {
      if (path.startsWith(prefix) && path.length() > prefix.length()) {
        var rest = path.substring(prefix.length());
        if (prefix.equals("/v1/internal/")) {
          return new PathCall(method + " " + prefix + "*", rest);
        }
        for (var part : PARTS) {
          if (rest.endsWith(part) && rest.length() > part.length()) {
            var name = rest.substring(0, rest.length() - part.length());
            return new PathCall(method + " " + prefix + "*" + part, name);
          }
        }
        return new PathCall(method + " " + prefix + "*", rest);
      }
    }
    return new PathCall(method + " " + path, "");
  }
}
