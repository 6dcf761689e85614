package dev.assay.dataplane.sigv4;

import dev.assay.dataplane.http.RefusedException;
import dev.assay.dataplane.http.RequestHead;
import dev.assay.dataplane.http.S3Error;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/// Finds out who sends a request, or why that cannot be believed. Pure: no clock, no I/O.
public final class Verifier {
  /// How far a client's clock may be off (S3: `RequestTimeTooSkewed`).
  public static final Duration CLOCK_SKEW = Duration.ofMinutes(15);

  /// Headers that may come unsigned although they begin with `x-amz-`: they only add checks of the
  /// body, and tools put them on presigned uploads.
  private static final Set<String> HARMLESS_UNSIGNED =
      Set.of(
          "x-amz-content-sha256",
          "x-amz-checksum-crc32",
          "x-amz-checksum-crc32c",
          "x-amz-checksum-crc64nvme",
          "x-amz-checksum-sha1",
          "x-amz-checksum-sha256",
          "x-amz-checksum-mode",
          "x-amz-sdk-checksum-algorithm",
          "x-amz-date");

  private Verifier() {}

  /// @throws RefusedException with S3's error when a signature is there and does not hold
  public static Caller.Authenticated verify(
      RequestHead head, SecretKeys keys, String region, Instant now) throws RefusedException {
    var found = Claim.of(head);
    if (found.isEmpty()) {
      return new Caller.Authenticated(new Caller.Anonymous(), unsignedPayload(head));
    }
    var claim = found.get();
    checkScope(claim, region);
    checkTime(claim, now);
    checkCoverage(head, claim);
    var key =
        keys.signingKey(claim.scope())
            .orElseThrow(() ->
                S3Error.of(
                        403,
                        "InvalidAccessKeyId",
                        "The AWS Access Key Id you provided does not exist in our records.")
                    .with("AWSAccessKeyId", claim.scope().accessKeyId())
                    .exception());
    var canonical = CanonicalRequest.of(head, claim.signedHeaders(), claim.payload());
    var toSign = canonical.stringToSign(claim.timestamp(), claim.scope());
    if (!Hmac.same(Hmac.hex(key, toSign), claim.signature())) {
      throw mismatch(claim, toSign, canonical).exception();
    }
    var caller = new Caller.Key(claim.scope().accessKeyId(), claim.expiresIn().isPresent());
    return new Caller.Authenticated(caller, payload(claim, key));
  }

  private static void checkScope(Claim claim, String region) throws RefusedException {
    var scope = claim.scope();
    var wrong =
        !scope.region().equals(region)
            ? "the region '%s' is wrong; expecting '%s'".formatted(scope.region(), region)
            : !scope.service().equals("s3")
                ? "incorrect service '%s'; this endpoint belongs to 's3'".formatted(scope.service())
                : !claim.timestamp().startsWith(scope.day() + "T")
                    ? "the date '%s' of the Credential is not that of the request"
                        .formatted(scope.day())
                    : "";
    if (!wrong.isEmpty()) {
      var presigned = claim.expiresIn().isPresent();
      throw S3Error.of(
              400,
              presigned ? "AuthorizationQueryParametersError" : "AuthorizationHeaderMalformed",
              "The authorization is malformed; " + wrong)
          .with("Region", region)
          .exception();
    }
  }

  private static void checkTime(Claim claim, Instant now) throws RefusedException {
    var ahead = claim.signedAt().isAfter(now.plus(CLOCK_SKEW));
    if (claim.expiresIn().isEmpty()) {
      if (ahead || claim.signedAt().isBefore(now.minus(CLOCK_SKEW))) {
        throw S3Error.of(
                403,
                "RequestTimeTooSkewed",
                "The difference between the request time and the current time is too large.")
            .with("RequestTime", claim.timestamp())
            .with("ServerTime", now.toString())
            .with("MaxAllowedSkewMilliseconds", Long.toString(CLOCK_SKEW.toMillis()))
            .exception();
      }
      return;
    }
    if (ahead) {
      throw S3Error.accessDenied("Request is not valid yet").exception();
    }
    var expires = claim.signedAt().plus(claim.expiresIn().get());
    if (now.isAfter(expires)) {
      throw S3Error.accessDenied("Request has expired")
          .with("X-Amz-Expires", Long.toString(claim.expiresIn().get().toSeconds()))
          .with("Expires", expires.toString())
          .with("ServerTime", now.toString())
          .exception();
    }
  }

  /// What was not signed may have been added by anyone on the way.
  private static void checkCoverage(RequestHead head, Claim claim) throws RefusedException {
    var signed = claim.signedHeaders();
    var unsigned =
        head.headers().names().stream()
            .filter(name -> name.startsWith("x-amz-") && !HARMLESS_UNSIGNED.contains(name))
            .filter(name -> !signed.contains(name))
            .sorted()
            .toList();
    if (!signed.contains("host") || !unsigned.isEmpty()) {
      throw S3Error.accessDenied("There were headers present in the request which were not signed")
          .with("HeadersNotSigned", signed.contains("host") ? String.join(", ", unsigned) : "host")
          .exception();
    }
    var absent = signed.stream().filter(name -> !head.headers().has(name)).toList();
    if (!absent.isEmpty()) {
      throw S3Error.of(
              403,
              "SignatureDoesNotMatch",
              "Headers were signed that the request does not have: " + String.join(", ", absent))
          .exception();
    }
  }

  private static S3Error mismatch(Claim claim, String toSign, CanonicalRequest canonical) {
    return S3Error.of(
            403,
            "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you provided. Check"
                + " your key and signing method.")
        .with("AWSAccessKeyId", claim.scope().accessKeyId())
        .with("StringToSign", toSign)
        .with("SignatureProvided", claim.signature())
        .with("CanonicalRequest", canonical.text());
  }

  private static Payload payload(Claim claim, byte[] key) throws RefusedException {
    var word = claim.payload();
    return switch (word) {
      case Claim.UNSIGNED -> new Payload.Unsigned();
      case "STREAMING-UNSIGNED-PAYLOAD-TRAILER" -> new Payload.UnsignedChunks();
      case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" ->
          new Payload.SignedChunks(
              new ChunkSigner(key, claim.timestamp(), claim.scope().name(), claim.signature()),
              word.endsWith("-TRAILER"));
      default -> hashed(word);
    };
  }

  private static Payload hashed(String word) throws RefusedException {
    if (!word.matches("[0-9a-f]{64}")) {
      throw S3Error.invalidArgument(
              "x-amz-content-sha256",
              word,
              "x-amz-content-sha256 must be UNSIGNED-PAYLOAD,"
                  + " STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD,"
                  + " STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.")
          .exception();
    }
    return new Payload.Hashed(word);
  }

  /// An unsigned request may still say how its body is framed.
  private static Payload unsignedPayload(RequestHead head) throws RefusedException {
    var word = head.headers().value("x-amz-content-sha256").orElse(Claim.UNSIGNED);
    return switch (word) {
      case Claim.UNSIGNED -> new Payload.Unsigned();
      case "STREAMING-UNSIGNED-PAYLOAD-TRAILER" -> new Payload.UnsignedChunks();
      default -> hashed(word);
    };
  }
}
