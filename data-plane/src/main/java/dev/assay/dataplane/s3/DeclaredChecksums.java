package dev.assay.dataplane.s3;

import dev.assay.dataplane.http.Headers;
import dev.assay.dataplane.http.RefusedException;
import dev.assay.dataplane.http.S3Error;
import dev.assay.dataplane.sigv4.Algorithm;
import dev.assay.dataplane.sigv4.Payload;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The checksums that a request's headers declare.
final class DeclaredChecksums {
  private DeclaredChecksums() {}

  /// @return base64 by algorithm, at most one
  /// @throws RefusedException InvalidRequest for a second one, or for one that cannot be
  static Map<Algorithm, String> inHeaders(Headers headers) throws RefusedException {
    var found = new EnumMap<Algorithm, String>(Algorithm.class);
    for (var algorithm : Algorithm.values()) {
      var value = headers.value(algorithm.header());
      if (value.isPresent()) {
        found.put(algorithm, valid(algorithm, value.get()));
      }
    }
    if (found.size() > 1) {
      throw S3Error.invalidRequest(
              "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.")
          .exception();
    }
    return found;
  }

  /// The algorithm that `x-amz-trailer` announces.
  static Optional<Algorithm> inTrailer(Headers headers, Payload payload) throws RefusedException {
    var announced = headers.value("x-amz-trailer");
    if (announced.isEmpty()) {
      return Optional.empty();
    }
    var framed =
        payload instanceof Payload.UnsignedChunks
            || (payload instanceof Payload.SignedChunks signed && signed.trailer());
    var algorithm = Algorithm.ofHeader(announced.get().toLowerCase(Locale.ROOT));
    if (!framed || algorithm.isEmpty()) {
      throw S3Error.invalidRequest(
              "The value specified in the x-amz-trailer header is not supported")
          .exception();
    }
    return algorithm;
  }

  /// `Content-MD5` in hex.
  ///
  /// @throws RefusedException InvalidDigest
  static Optional<String> md5(Headers headers) throws RefusedException {
    var value = headers.value("content-md5");
    if (value.isEmpty()) {
      return Optional.empty();
    }
    var bytes = decode(value.get());
    if (bytes.length != 16) {
      throw S3Error.of(400, "InvalidDigest", "The Content-MD5 you specified was invalid.")
          .exception();
    }
    return Optional.of(HexFormat.of().formatHex(bytes));
  }

  static String valid(Algorithm algorithm, String value) throws RefusedException {
    if (decode(value).length != algorithm.lengthBytes()) {
      throw S3Error.invalidRequest("Value for " + algorithm.header() + " header is invalid.")
          .exception();
    }
    return value;
  }

  /// Of a value that was found valid.
  static String hex(String base64) {
    return HexFormat.of().formatHex(decode(base64));
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
