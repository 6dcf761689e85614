package dev.assay.dataplane.http;

/// A request's line and headers, before any of its body.
///
/// @param rawPath as it stands in the request line, escapes kept
/// @param path decoded once
/// @param rawQuery without the question mark, empty when there is none
public record RequestHead(
    String id,
    String method,
    String rawPath,
    String path,
    String rawQuery,
    Query query,
    Headers headers) {

  /// @param target the request line's: origin form, or absolute form as sent to a proxy
  /// @throws RefusedException InvalidURI when it cannot be read
  public static RequestHead parse(String id, String method, String target, Headers headers)
      throws RefusedException {
    var origin = target;
    if (target.regionMatches(true, 0, "http://", 0, 7)
        || target.regionMatches(true, 0, "https://", 0, 8)) {
      var slash = target.indexOf('/', target.indexOf("//") + 2);
      origin = slash < 0 ? "/" : target.substring(slash);
    }
    if (!origin.startsWith("/") || origin.indexOf('#') >= 0) {
      throw S3Error.of(
              400, "InvalidURI", "Couldn't parse the specified URI: it is not an absolute path.")
          .exception();
    }
    var mark = origin.indexOf('?');
    var rawPath = mark < 0 ? origin : origin.substring(0, mark);
    var rawQuery = mark < 0 ? "" : origin.substring(mark + 1);
    var path = Percent.decode(rawPath, false);
    return new RequestHead(id, method, rawPath, path, rawQuery, Query.parse(rawQuery), headers);
  }

  /// Path and query as they stood in the request line.
  public String target() {
    return rawQuery.isEmpty() ? rawPath : rawPath + "?" + rawQuery;
  }
}
