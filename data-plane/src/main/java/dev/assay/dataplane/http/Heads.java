package dev.assay.dataplane.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;

/// Reads a decoded request's head, or says what is wrong with it.
final class Heads {
  private Heads() {}

  sealed interface Read {}

  record Good(RequestHead head) implements Read {}

  /// @param head stands in for the one that could not be read
  record Bad(RequestHead head, S3Error error) implements Read {}

  static Read read(String id, HttpRequest request) {
    var failure = request.decoderResult().cause();
    if (failure != null) {
      return bad(id, undecodable(failure));
    }
    if (request.headers().getAll(HttpHeaderNames.HOST).size() != 1
        && request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
      return bad(id, S3Error.invalidRequest("A request has exactly one Host header."));
    }
    if (unsupportedExpectation(request)) {
      return bad(id, S3Error.of(417, "InvalidRequest", "Only Expect: 100-continue is understood."));
    }
    try {
      var headers = Headers.of(request.headers());
      return new Good(RequestHead.parse(id, request.method().name(), request.uri(), headers));
    } catch (RefusedException e) {
      return bad(id, e.error());
    }
  }

  private static boolean unsupportedExpectation(HttpRequest request) {
    return request.headers().getAll(HttpHeaderNames.EXPECT).stream()
        .anyMatch(value -> !value.equalsIgnoreCase("100-continue"));
  }

  private static S3Error undecodable(Throwable failure) {
    return switch (failure) {
      case TooLongHttpLineException e ->
          S3Error.of(414, "InvalidURI", "The request line is too long.");
      case TooLongHttpHeaderException e ->
          S3Error.of(
              400,
              "RequestHeaderSectionTooLarge",
              "Your request header section exceeds the maximum allowed size.");
      default -> S3Error.invalidRequest("The request is not well-formed HTTP/1.1.");
    };
  }

  private static Bad bad(String id, S3Error error) {
    return new Bad(new RequestHead(id, "GET", "/", "/", "", Query.EMPTY, Headers.NONE), error);
  }
}
