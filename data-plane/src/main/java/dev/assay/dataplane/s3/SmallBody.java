package dev.assay.dataplane.s3;

import dev.assay.dataplane.http.S3Error;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// An XML body, held in memory once it is known to be small, and checked like any other.
final class SmallBody {
  /// 10,000 parts with their checksums fit.
  private static final int MAX_BYTES = 2 * 1024 * 1024;

  private SmallBody() {}

  static byte[] read(Call call) throws IOException {
    if (!call.headers().has("content-length") && !call.headers().has("transfer-encoding")) {
      return new byte[0];
    }
    var body = Incoming.of(call.request(), call.payload());
    if (body.lengthBytes() > MAX_BYTES) {
      throw S3Error.of(
              400,
              "MaxMessageLengthExceeded",
              "Your request was too big: at most %d bytes.".formatted(MAX_BYTES))
          .exception();
    }
    var bytes = body.stream().readNBytes(MAX_BYTES);
    if (bytes.length == body.lengthBytes() && body.stream().read() >= 0) {
      throw S3Error.of(400, "IncompleteBody", "The body is longer than announced.").exception();
    }
    var verified = body.verify();
    check(bytes, "SHA-256", body.expected().sha256(), body.signedHash());
    check(bytes, "SHA-256", verified.expected().sha256(), false);
    check(bytes, "MD5", body.expected().md5(), false);
    return bytes;
  }

  private static void check(byte[] bytes, String algorithm, Optional<String> hex, boolean signed)
      throws IOException {
    if (hex.isEmpty()) {
      return;
    }
    try {
      var actual = HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
      if (!actual.equals(hex.get())) {
        throw S3Error.of(
                400,
                signed ? "XAmzContentSHA256Mismatch" : "BadDigest",
                "The %s you specified did not match: expected %s, got %s."
                    .formatted(algorithm, hex.get(), actual))
            .exception();
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}
