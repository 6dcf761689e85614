package dev.assay.dataplane.http;

import java.util.LinkedHashMap;
import java.util.Map;

/// Why a request is refused, as the client is told it.
///
/// @param code one of S3's error codes, which SDKs switch on
/// @param details further elements of the error document, in order
/// @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">S3 error
///   codes</a>
public record S3Error(int status, String code, String message, Map<String, String> details) {

  public static S3Error of(int status, String code, String message) {
    return new S3Error(status, code, message, Map.of());
  }

  public static S3Error accessDenied(String message) {
    return of(403, "AccessDenied", message);
  }

  public static S3Error invalidArgument(String name, String value, String message) {
    return of(400, "InvalidArgument", message)
        .with("ArgumentName", name)
        .with("ArgumentValue", value);
  }

  public static S3Error invalidRequest(String message) {
    return of(400, "InvalidRequest", message);
  }

  /// Nothing of the cause is told: it may name paths of the server.
  public static S3Error internal() {
    return of(500, "InternalError", "We encountered an internal error. Please try again.");
  }

  public S3Error with(String name, String value) {
    var more = new LinkedHashMap<>(details);
    more.put(name, value);
    return new S3Error(status, code, message, more);
  }

  public RefusedException exception() {
    return new RefusedException(this);
  }
}
