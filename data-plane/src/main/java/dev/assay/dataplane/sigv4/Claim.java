package dev.assay.dataplane.sigv4;

import dev.assay.dataplane.http.RefusedException;
import dev.assay.dataplane.http.RequestHead;
import dev.assay.dataplane.http.S3Error;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a request says of its own signature, parsed and not believed yet.
///
/// @param timestamp `yyyyMMddTHHmmssZ`, as it was signed
/// @param expiresIn of a presigned URL; empty for header authentication
/// @param payload the word in the canonical request's last line
record Claim(
    Scope scope,
    List<String> signedHeaders,
    String signature,
    String timestamp,
    Instant signedAt,
    Optional<Duration> expiresIn,
    String payload) {

  static final String ALGORITHM = "AWS4-HMAC-SHA256";
  static final String UNSIGNED = "UNSIGNED-PAYLOAD";

  /// SigV4's own limit.
  static final Duration LONGEST_EXPIRY = Duration.ofDays(7);

  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /// Empty for a request without any authentication.
  ///
  /// @throws RefusedException with S3's error for a malformed one, or for two at once
  static Optional<Claim> of(RequestHead head) throws RefusedException {
    var authorization = head.headers().value("authorization");
    var presigned = head.query().has("X-Amz-Algorithm") || head.query().has("X-Amz-Signature");
    if (authorization.isPresent() && presigned) {
      throw S3Error.of(
              400,
              "InvalidArgument",
              "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature"
                  + " query string parameter or the Authorization header should be specified")
          .exception();
    }
    if (head.headers().has("x-amz-security-token") || head.query().has("X-Amz-Security-Token")) {
      throw S3Error.of(
              400,
              "InvalidToken",
              "The provided token is invalid: session tokens are not used here.")
          .exception();
    }
    if (presigned) {
      return Optional.of(fromQuery(head));
    }
    if (head.query().has("AWSAccessKeyId") && head.query().has("Signature")) {
      throw unsupported();
    }
    return authorization.isPresent()
        ? Optional.of(fromHeader(head, authorization.get()))
        : Optional.empty();
  }

  private static Claim fromHeader(RequestHead head, String authorization) throws RefusedException {
    if (!authorization.startsWith(ALGORITHM + " ")) {
      throw unsupported();
    }
    var fields = fields(authorization.substring(ALGORITHM.length() + 1));
    var scope =
        Scope.parse(fields.getOrDefault("Credential", ""))
            .orElseThrow(() ->
                malformedHeader(
                    "the Credential is mal-formed; expecting"
                        + " \"<access key id>/YYYYMMDD/REGION/SERVICE/aws4_request\""));
    var signed = signedHeaders(fields.getOrDefault("SignedHeaders", ""));
    var signature = fields.getOrDefault("Signature", "");
    if (signed.isEmpty() || signature.isEmpty()) {
      throw malformedHeader("SignedHeaders and Signature must be given");
    }
    var timestamp = timestamp(head);
    var payload = payload(head);
    return new Claim(
        scope, signed, signature, timestamp, instant(timestamp), Optional.empty(), payload);
  }

  /// Version 2 among others, which some clients still presign with unless told otherwise.
  private static RefusedException unsupported() {
    return S3Error.invalidRequest(
            "The authorization mechanism you have provided is not supported. Please use "
                + ALGORITHM
                + ".")
        .exception();
  }

  /// S3 asks for the header always; plain SigV4 signers (curl) leave it out where there is no body,
  /// and sign the hash of nothing.
  private static String payload(RequestHead head) throws RefusedException {
    var given = head.headers().value("x-amz-content-sha256");
    if (given.isPresent()) {
      return given.get();
    }
    if (head.headers().has("transfer-encoding")
        || !head.headers().value("content-length").orElse("0").equals("0")) {
      throw S3Error.invalidRequest("Missing required header for this request: x-amz-content-sha256")
          .exception();
    }
    return Hmac.EMPTY_SHA256;
  }

  private static Claim fromQuery(RequestHead head) throws RefusedException {
    var query = head.query();
    if (!query.value("X-Amz-Algorithm").orElse("").equals(ALGORITHM)) {
      throw malformedQuery("X-Amz-Algorithm only supports \"" + ALGORITHM + "\"");
    }
    var scope =
        Scope.parse(query.value("X-Amz-Credential").orElse(""))
            .orElseThrow(() ->
                malformedQuery(
                    "Error parsing the X-Amz-Credential parameter; expecting"
                        + " \"<access key id>/YYYYMMDD/REGION/SERVICE/aws4_request\""));
    var signed = signedHeaders(query.value("X-Amz-SignedHeaders").orElse(""));
    var signature = query.value("X-Amz-Signature").orElse("");
    var timestamp = query.value("X-Amz-Date").orElse("");
    var expires = expires(query.value("X-Amz-Expires").orElse(""));
    if (signed.isEmpty() || signature.isEmpty() || !basic(timestamp)) {
      throw malformedQuery(
          "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential,"
              + " X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.");
    }
    var signedPayload =
        signed.contains("x-amz-content-sha256")
            ? head.headers().value("x-amz-content-sha256")
            : query.value("X-Amz-Content-Sha256");
    return new Claim(
        scope,
        signed,
        signature,
        timestamp,
        instant(timestamp),
        Optional.of(expires),
        signedPayload.orElse(UNSIGNED));
  }

  private static Duration expires(String text) throws RefusedException {
    if (!text.matches("[0-9]{1,9}")) {
      throw malformedQuery("X-Amz-Expires should be a number of seconds that is not negative");
    }
    var expires = Duration.ofSeconds(Long.parseLong(text));
    if (expires.compareTo(LONGEST_EXPIRY) > 0) {
      throw malformedQuery(
          "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires"
              + " must be less than "
              + LONGEST_EXPIRY.toSeconds()
              + " seconds");
    }
    return expires;
  }

  /// `Credential=…, SignedHeaders=…, Signature=…`, with or without white space.
  private static Map<String, String> fields(String text) throws RefusedException {
    var fields = new HashMap<String, String>();
    for (var piece : text.split(",", -1)) {
      var equals = piece.indexOf('=');
      if (equals < 0
          || fields.put(piece.substring(0, equals).strip(), piece.substring(equals + 1).strip())
              != null) {
        throw malformedHeader("a field is not given as name=value, or twice");
      }
    }
    return fields;
  }

  private static List<String> signedHeaders(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(";", -1));
  }

  /// `x-amz-date`, else `Date` in either of its forms.
  private static String timestamp(RequestHead head) throws RefusedException {
    var given = head.headers().value("x-amz-date").or(() -> head.headers().value("date"));
    if (given.isPresent() && basic(given.get())) {
      return given.get();
    }
    try {
      var date = ZonedDateTime.parse(given.orElse(""), DateTimeFormatter.RFC_1123_DATE_TIME);
      return BASIC.format(date.toInstant());
    } catch (DateTimeException e) {
      throw S3Error.accessDenied("AWS authentication requires a valid Date or x-amz-date header")
          .exception();
    }
  }

  private static boolean basic(String timestamp) {
    return timestamp.matches("[0-9]{8}T[0-9]{6}Z");
  }

  private static Instant instant(String timestamp) throws RefusedException {
    try {
      return LocalDateTime.parse(timestamp, BASIC).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw S3Error.accessDenied("The date of the signature is not one: " + timestamp).exception();
    }
  }

  private static RefusedException malformedHeader(String why) {
    return S3Error.of(
            400,
            "AuthorizationHeaderMalformed",
            "The authorization header is malformed; " + why + ".")
        .exception();
  }

  private static RefusedException malformedQuery(String why) {
    return S3Error.of(400, "AuthorizationQueryParametersError", why).exception();
  }
}
