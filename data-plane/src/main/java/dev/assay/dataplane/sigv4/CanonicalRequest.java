package dev.assay.dataplane.sigv4;

import dev.assay.dataplane.http.Percent;
import dev.assay.dataplane.http.RequestHead;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/// The form of a request that is signed.
///
/// @param text one `char` a byte: header values are hashed as the bytes that came
/// @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html">the
///   rules</a>
record CanonicalRequest(String text) {
  static final String SIGNATURE_PARAMETER = "X-Amz-Signature";

  /// @param signedHeaders names in lower case, in the order in which the client lists them
  /// @param payload the payload's hash or one of the fixed words
  static CanonicalRequest of(RequestHead head, List<String> signedHeaders, String payload) {
    var headers =
        signedHeaders.stream()
            .map(name -> name + ":" + headerValue(head, name) + "\n")
            .collect(Collectors.joining());
    return new CanonicalRequest(
        String.join(
            "\n",
            head.method(),
            Percent.encodePath(head.path()),
            query(head),
            headers,
            String.join(";", signedHeaders),
            payload));
  }

  /// Decoded and encoded again, so that all spellings of one query sign alike; sorted by name, then
  /// value, as encoded.
  private static String query(RequestHead head) {
    record Encoded(String name, String value) {}
    return head.query().parameters().stream()
        .filter(p -> !p.name().equals(SIGNATURE_PARAMETER))
        .map(p -> new Encoded(Percent.encode(p.name()), Percent.encode(p.value())))
        .sorted(java.util.Comparator.comparing(Encoded::name).thenComparing(Encoded::value))
        .map(p -> p.name() + "=" + p.value())
        .collect(Collectors.joining("&"));
  }

  private static String headerValue(RequestHead head, String name) {
    return head.headers().all(name).stream()
        .map(CanonicalRequest::collapse)
        .collect(Collectors.joining(","));
  }

  /// Trims, and makes one space of each run of white space, as the SDKs do.
  private static String collapse(String value) {
    var out = new StringBuilder(value.length());
    var gap = false;
    for (var i = 0; i < value.length(); i++) {
      var c = value.charAt(i);
      if (c == ' ' || (c >= '\t' && c <= '\r')) {
        gap = !out.isEmpty();
      } else {
        if (gap) {
          out.append(' ');
          gap = false;
        }
        out.append(c);
      }
    }
    return out.toString();
  }

  String stringToSign(String timestamp, Scope scope) {
    var hash = Hmac.digestHex(text.getBytes(StandardCharsets.ISO_8859_1));
    return String.join("\n", Claim.ALGORITHM, timestamp, scope.name(), hash);
  }
}
