package dev.assay.operator.presign;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// One S3 request that a URL allows.
///
/// @param method `GET`, `PUT`, `POST` or `DELETE`
/// @param key of the object, not encoded
/// @param query parameters beside those of the signature, not encoded; a parameter without a value
///   has an empty one
public record PresignedCall(String method, String key, Map<String, String> query) {
  /// Names the upload session of a single PUT (`docs/reference/control-port.md`).
  static final String SESSION = "x-assay-upload";

  public PresignedCall {
    query = Collections.unmodifiableMap(new TreeMap<>(query)); // the URL must not depend on order
  }

  /// Reads one version and no other, whatever the key serves by then.
  public static PresignedCall get(String key, String versionId) {
    return new PresignedCall("GET", key, Map.of("versionId", versionId));
  }

  /// The one PUT of an upload session.
  public static PresignedCall put(String key, String session) {
    return new PresignedCall("PUT", key, Map.of(SESSION, session));
  }

  /// One part of a multipart session, whose S3 upload id is the session's id.
  public static PresignedCall part(String key, String session, int number) {
    return new PresignedCall(
        "PUT", key, Map.of("uploadId", session, "partNumber", Integer.toString(number)));
  }

  public static PresignedCall complete(String key, String session) {
    return new PresignedCall("POST", key, Map.of("uploadId", session));
  }

  public static PresignedCall abort(String key, String session) {
    return new PresignedCall("DELETE", key, Map.of("uploadId", session));
  }

  /// Creates an object outside any session: a scan Job's report.
  public static PresignedCall publish(String key) {
    return new PresignedCall("PUT", key, Map.of());
  }
}
