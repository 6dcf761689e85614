package dev.assay.wire.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.assay.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/// The credential of one call to the control port: a compact JWS (RFC 7515) signed with Ed25519
/// (RFC 8037), good for one method, path and body, for at most a minute. Calls are idempotent, so a
/// replay within that minute changes nothing.
public final class ControlToken {
  /// Longest accepted life of a token, and the one that is issued.
  public static final Duration LIFE = Duration.ofSeconds(60);

  /// Clocks of two nodes may differ by this much.
  public static final Duration CLOCK_SKEW = Duration.ofSeconds(5);

  private static final String HEADER =
      encode("{\"alg\":\"EdDSA\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));

  private ControlToken() {}

  /// What is signed.
  ///
  /// @param aud the Bucket's UID
  /// @param mth the HTTP method
  /// @param pth path and query, as they stand in the request line
  /// @param bdh base64url of the body's SHA-256, the empty body included
  /// @param iat seconds since the epoch
  /// @param exp seconds since the epoch
  record Claims(String aud, String mth, String pth, String bdh, long iat, long exp) {}

  /// Whether a token holds for a call, or which check refused it.
  public sealed interface Verdict {
    record Accepted() implements Verdict {}

    record Refused(String check) implements Verdict {}
  }

  /// The call that a token is for.
  ///
  /// @param bodyDigest base64url of the body's SHA-256
  public record Call(String bucketUid, String method, String pathAndQuery, String bodyDigest) {
    public static Call of(String bucketUid, String method, String pathAndQuery, byte[] body) {
      return new Call(bucketUid, method, pathAndQuery, digest(body));
    }
  }

  public static String sign(Call call, PrivateKey key, Instant now) {
    var issued = now.getEpochSecond();
    var claims =
        new Claims(
            call.bucketUid(),
            call.method(),
            call.pathAndQuery(),
            call.bodyDigest(),
            issued,
            issued + LIFE.toSeconds());
    try {
      var signed = HEADER + "." + encode(Json.MAPPER.writeValueAsBytes(claims));
      var signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + encode(signature.sign());
    } catch (GeneralSecurityException | JsonProcessingException e) {
      throw new IllegalStateException("cannot sign a control token", e);
    }
  }

  /// Checks in this order: form, signature by any of the keys, audience, method, path, body, time.
  public static Verdict verify(String token, Call call, List<PublicKey> keys, Instant now) {
    var parts = token.split("\\.", -1);
    // The header is compared, not parsed: no other algorithm can be asked for.
    if (parts.length != 3 || !parts[0].equals(HEADER)) {
      return new Verdict.Refused("form");
    }
    Claims claims;
    try {
      var signature = Base64.getUrlDecoder().decode(parts[2]);
      if (!signedByOne(parts[0] + "." + parts[1], signature, keys)) {
        return new Verdict.Refused("signature");
      }
      claims = Json.MAPPER.readValue(Base64.getUrlDecoder().decode(parts[1]), Claims.class);
    } catch (IllegalArgumentException | IOException e) {
      return new Verdict.Refused("form");
    }
    return judge(claims, call, now);
  }

  private static Verdict judge(Claims claims, Call call, Instant now) {
    if (!claims.aud().equals(call.bucketUid())) {
      return new Verdict.Refused("audience");
    }
    if (!claims.mth().equals(call.method())) {
      return new Verdict.Refused("method");
    }
    if (!claims.pth().equals(call.pathAndQuery())) {
      return new Verdict.Refused("path");
    }
    if (!claims.bdh().equals(call.bodyDigest())) {
      return new Verdict.Refused("body");
    }
    var issued = Instant.ofEpochSecond(claims.iat());
    var expires = Instant.ofEpochSecond(claims.exp());
    if (Duration.between(issued, expires).compareTo(LIFE) > 0
        || now.isBefore(issued.minus(CLOCK_SKEW))
        || !now.isBefore(expires.plus(CLOCK_SKEW))) {
      return new Verdict.Refused("time");
    }
    return new Verdict.Accepted();
  }

  private static boolean signedByOne(String signed, byte[] bytes, List<PublicKey> keys) {
    for (var key : keys) {
      try {
        var signature = Signature.getInstance("Ed25519");
        signature.initVerify(key);
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        if (signature.verify(bytes)) {
          return true;
        }
      } catch (GeneralSecurityException e) {
        // A key or signature of another shape does not verify; the next key may.
      }
    }
    return false;
  }

  private static String digest(byte[] body) {
    try {
      return encode(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
