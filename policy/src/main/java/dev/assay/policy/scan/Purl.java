package dev.assay.policy.scan;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A package URL (purl-spec, "How to parse a purl string"), decoded and normalised for comparison.
///
/// @param type in lower case, e.g. `maven`
/// @param namespace `/`-separated, empty when there is none
/// @param version empty when there is none
/// @param qualifiers names in lower case
/// @param subpath empty when there is none
public record Purl(
    String type,
    String namespace,
    String name,
    String version,
    Map<String, String> qualifiers,
    String subpath) {

  // Types whose names the specification compares without case. Other types keep theirs.
  private static final Set<String> CASELESS =
      Set.of(
          "alpm", "apk", "bitbucket", "composer", "deb", "github", "golang", "hex", "npm", "pypi");

  /// What came of reading a text.
  public sealed interface Reading {
    record Ok(Purl purl) implements Reading {}

    /// @param problem says what is wrong with the text, for people
    record Malformed(String problem) implements Reading {}
  }

  public static Reading read(String text) {
    if (!text.regionMatches(true, 0, "pkg:", 0, 4)) {
      return new Reading.Malformed("'" + text + "' does not begin with pkg:");
    }
    var hash = text.indexOf('#');
    var beforeHash = hash < 0 ? text : text.substring(0, hash);
    var mark = beforeHash.indexOf('?');
    var path = strip(mark < 0 ? beforeHash.substring(4) : beforeHash.substring(4, mark));
    var slash = path.indexOf('/');
    if (slash <= 0) {
      return new Reading.Malformed(
          "'" + text + "' names no package: pkg:<type>/<name> is the least");
    }
    try {
      return new Reading.Ok(
          of(
              path.substring(0, slash).toLowerCase(Locale.ROOT),
              strip(path.substring(slash + 1)),
              mark < 0 ? "" : beforeHash.substring(mark + 1),
              hash < 0 ? "" : strip(text.substring(hash + 1))));
    } catch (IllegalArgumentException e) {
      return new Reading.Malformed("'" + text + "' " + e.getMessage());
    }
  }

  /// Whether this purl, taken as a pattern, covers `found`: type, namespace and name are equal; a
  /// version, each qualifier and a subpath must be equal where the pattern has them, and are free
  /// where it has none. Versions are compared as text: there are no ranges.
  public boolean covers(Purl found) {
    return type.equals(found.type)
        && namespace.equals(found.namespace)
        && name.equals(found.name)
        && (version.isEmpty() || version.equals(found.version))
        && (subpath.isEmpty() || subpath.equals(found.subpath))
        && found.qualifiers.entrySet().containsAll(qualifiers.entrySet());
  }

  private static Purl of(String type, String rest, String query, String subpath) {
    // An '@' that begins a segment is a scope that was not percent-encoded, not a version.
    var at = rest.lastIndexOf('@');
    var hasVersion = at > rest.lastIndexOf('/') + 1;
    var full = hasVersion ? rest.substring(0, at) : rest;
    var version = hasVersion ? decode(rest.substring(at + 1)) : "";
    var cut = full.lastIndexOf('/');
    var name = named(type, decode(full.substring(cut + 1)));
    if (name.isEmpty()) {
      throw new IllegalArgumentException("has an empty name");
    }
    var namespace = cut < 0 ? "" : cased(type, decode(strip(full.substring(0, cut))));
    return new Purl(type, namespace, name, version, qualifiers(query), decode(subpath));
  }

  private static Map<String, String> qualifiers(String query) {
    var found = new TreeMap<String, String>();
    for (var pair : query.split("&", -1)) {
      var equals = pair.indexOf('=');
      // The specification drops a qualifier without a value.
      if (equals > 0 && equals < pair.length() - 1) {
        found.put(
            pair.substring(0, equals).toLowerCase(Locale.ROOT), decode(pair.substring(equals + 1)));
      }
    }
    return Map.copyOf(found);
  }

  private static String named(String type, String name) {
    return type.equals("pypi") ? cased(type, name).replace('_', '-') : cased(type, name);
  }

  private static String cased(String type, String text) {
    return CASELESS.contains(type) ? text.toLowerCase(Locale.ROOT) : text;
  }

  private static String strip(String path) {
    var from = 0;
    var to = path.length();
    while (from < to && path.charAt(from) == '/') {
      from++;
    }
    while (to > from && path.charAt(to - 1) == '/') {
      to--;
    }
    return path.substring(from, to);
  }

  // URLDecoder would turn '+' into a space, and versions such as 1.0+build hold one.
  private static String decode(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    var out = new byte[bytes.length];
    var length = 0;
    for (var i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%') {
        out[length++] = (byte) (digit(bytes, i + 1) << 4 | digit(bytes, i + 2));
        i += 2;
      } else {
        out[length++] = bytes[i];
      }
    }
    return new String(out, 0, length, StandardCharsets.UTF_8);
  }

  private static int digit(byte[] bytes, int at) {
    var value = at < bytes.length ? Character.digit(bytes[at], 16) : -1;
    if (value < 0) {
      throw new IllegalArgumentException("has a '%' that no two hexadecimal digits follow");
    }
    return value;
  }
}
