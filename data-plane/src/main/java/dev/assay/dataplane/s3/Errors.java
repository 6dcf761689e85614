package dev.assay.dataplane.s3;

import dev.assay.dataplane.http.Answer;
import dev.assay.dataplane.http.S3Error;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/// S3's error document.
final class Errors {
  /// Opaque to clients, who quote it to support beside the request's id.
  private static final String HOST_ID =
      Base64.getEncoder().encodeToString("assay-data-plane".getBytes(StandardCharsets.UTF_8));

  private Errors() {}

  static Answer.Bytes answer(S3Error error, String requestId, String resource) {
    var xml = Xml.error().element("Code", error.code()).element("Message", error.message());
    error.details().forEach(xml::element);
    xml.element("Resource", resource).element("RequestId", requestId).element("HostId", HOST_ID);
    var headers = new HashMap<>(idHeaders(requestId));
    headers.put("Content-Type", "application/xml");
    // A 404 may be kept by caches unless told otherwise, and what is staged is released later.
    headers.put("Cache-Control", "private, no-cache");
    if (error.status() == 503) {
      headers.put("Retry-After", "1");
    }
    return Answer.text(error.status(), headers, xml.end());
  }

  static Map<String, String> idHeaders(String requestId) {
    return Map.of("x-amz-request-id", requestId, "x-amz-id-2", HOST_ID);
  }
}
