package dev.assay.dataplane.s3;

import dev.assay.dataplane.http.Headers;
import dev.assay.dataplane.http.RefusedException;
import dev.assay.dataplane.http.Request;
import dev.assay.dataplane.http.S3Error;
import dev.assay.dataplane.sigv4.Algorithm;
import dev.assay.dataplane.sigv4.ChecksumBody;
import dev.assay.dataplane.sigv4.ChunkedBody;
import dev.assay.dataplane.sigv4.Payload;
import dev.assay.dataplane.store.Expected;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A body on its way in, unframed, with everything that its request says of it to be checked.
final class Incoming {
  /// A checksum is kept with the object under this and the algorithm's name.
  static final String CHECKSUM = "checksum-";

  static final String CHECKSUM_TYPE = "checksum-type";

  private final ChecksumBody stream;
  private final @Nullable ChunkedBody chunks;
  private final Expected expected;
  private final Map<Algorithm, String> declared;
  private final Optional<Algorithm> inTrailer;
  private final boolean signedHash;

  private Incoming(
      ChecksumBody stream,
      @Nullable ChunkedBody chunks,
      Expected expected,
      Map<Algorithm, String> declared,
      Optional<Algorithm> inTrailer,
      boolean signedHash) {
    this.stream = stream;
    this.chunks = chunks;
    this.expected = expected;
    this.declared = declared;
    this.inTrailer = inTrailer;
    this.signedHash = signedHash;
  }

  /// What is known once the body was read to its end and every check here has passed.
  ///
  /// @param expected what only the trailer told
  /// @param attributes to keep with the object
  record Verified(Expected expected, Map<String, String> attributes) {}

  /// @throws RefusedException when the headers contradict each other or leave out the length
  static Incoming of(Request request, Payload payload) throws RefusedException {
    var headers = request.head().headers();
    var length = lengthBytes(request, payload);
    var declared = DeclaredChecksums.inHeaders(headers);
    var inTrailer = DeclaredChecksums.inTrailer(headers, payload);
    var algorithms = new EnumMap<Algorithm, String>(declared);
    inTrailer.ifPresent(algorithm -> algorithms.put(algorithm, ""));
    var chunks = chunks(request, payload, length);
    InputStream source = chunks == null ? request.body() : chunks;
    return new Incoming(
        new ChecksumBody(source, algorithms.keySet()),
        chunks,
        new Expected(
            OptionalLong.of(length), sha256(payload, declared), DeclaredChecksums.md5(headers)),
        declared,
        inTrailer,
        payload instanceof Payload.Hashed);
  }

  private static @Nullable ChunkedBody chunks(Request request, Payload payload, long length) {
    return switch (payload) {
      case Payload.SignedChunks signed -> ChunkedBody.of(signed, request.body(), length);
      case Payload.UnsignedChunks _ -> ChunkedBody.unsigned(request.body(), length);
      case Payload.Unsigned _, Payload.Hashed _ -> null;
    };
  }

  private static long lengthBytes(Request request, Payload payload) throws RefusedException {
    var framed =
        payload instanceof Payload.SignedChunks || payload instanceof Payload.UnsignedChunks;
    var decoded = request.head().headers().value("x-amz-decoded-content-length");
    if (framed) {
      return parse(decoded.orElse(""));
    }
    if (decoded.isPresent() || framing(request.head().headers())) {
      throw S3Error.invalidRequest(
              "The body is said to be aws-chunked, but x-amz-content-sha256 does not say so.")
          .exception();
    }
    if (request.contentLength().isEmpty() || !declaresBody(request)) {
      throw missingLength();
    }
    return request.contentLength().getAsLong();
  }

  /// Neither a length nor a chunked transfer: HTTP reads that as no body, S3 as a mistake.
  private static boolean declaresBody(Request request) {
    return request.head().headers().has("content-length");
  }

  private static boolean framing(Headers headers) {
    return headers.value("content-encoding").orElse("").contains("aws-chunked");
  }

  private static long parse(String decodedLength) throws RefusedException {
    if (!decodedLength.matches("[0-9]{1,18}")) {
      throw missingLength();
    }
    return Long.parseLong(decodedLength);
  }

  private static RefusedException missingLength() {
    return S3Error.of(
            411, "MissingContentLength", "You must provide the Content-Length HTTP header.")
        .exception();
  }

  private static Optional<String> sha256(Payload payload, Map<Algorithm, String> declared)
      throws RefusedException {
    var checksum = Optional.ofNullable(declared.get(Algorithm.SHA256)).map(DeclaredChecksums::hex);
    if (!(payload instanceof Payload.Hashed(var hash))) {
      return checksum;
    }
    if (checksum.isPresent() && !checksum.get().equals(hash)) {
      throw S3Error.of(400, "BadDigest", "x-amz-checksum-sha256 and x-amz-content-sha256 differ.")
          .exception();
    }
    return Optional.of(hash);
  }

  InputStream stream() {
    return stream;
  }

  long lengthBytes() {
    return expected.lengthBytes().orElseThrow();
  }

  /// What is known before the first byte.
  Expected expected() {
    return expected;
  }

  boolean signedHash() {
    return signedHash;
  }

  /// Call once, after the stream's end.
  ///
  /// @throws RefusedException BadDigest, or MalformedTrailerError when the announced trailer lacks
  Verified verify() throws RefusedException {
    var wanted = new EnumMap<Algorithm, String>(declared);
    if (inTrailer.isPresent() && chunks != null) {
      var algorithm = inTrailer.get();
      var value = chunks.trailers().get(algorithm.header());
      if (value == null) {
        throw S3Error.of(
                400, "MalformedTrailerError", "The trailer lacks " + algorithm.header() + ".")
            .exception();
      }
      wanted.put(algorithm, DeclaredChecksums.valid(algorithm, value));
    }
    var computed = stream.values();
    var attributes = new TreeMap<String, String>();
    for (var entry : wanted.entrySet()) {
      var algorithm = entry.getKey();
      var actual = computed.get(algorithm);
      if (actual != null && !actual.equals(entry.getValue())) {
        throw S3Error.of(
                400,
                "BadDigest",
                "The %s you specified did not match the calculated checksum: expected %s, got %s."
                    .formatted(algorithm, entry.getValue(), actual))
            .exception();
      }
      attributes.put(CHECKSUM + algorithm, entry.getValue());
      attributes.put(CHECKSUM_TYPE, "FULL_OBJECT");
    }
    // SHA-256 is compared by the store, which computes it anyway.
    var sha256 = Optional.ofNullable(wanted.get(Algorithm.SHA256)).map(DeclaredChecksums::hex);
    return new Verified(
        sha256.map(Expected::sha256).orElse(Expected.NOTHING), Map.copyOf(attributes));
  }
}
