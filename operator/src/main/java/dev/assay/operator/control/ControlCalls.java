package dev.assay.operator.control;

import dev.assay.wire.Json;
import dev.assay.wire.control.ControlError;
import dev.assay.wire.control.ControlToken;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;

/// Signed HTTP calls to one control port.
final class ControlCalls {
  /// A call's answer is at most a page of 1,000 versions, each with a key of 1,024 bytes and 32
  /// metadata entries; an internal object is at most 1 MiB.
  private static final int MAX_ANSWER_BYTES = 64 << 20;

  private final HttpClient http;
  private final URI base;
  private final String bucketUid;
  private final PrivateKey key;
  private final Clock clock;

  ControlCalls(HttpClient http, URI base, String bucketUid, PrivateKey key, Clock clock) {
    this.http = http;
    this.base = base;
    this.bucketUid = bucketUid;
    this.key = key;
    this.clock = clock;
  }

  HttpResponse<byte[]> get(String path, Duration timeout) throws IOException {
    return send("GET", path, new byte[0], timeout);
  }

  HttpResponse<byte[]> put(String path, Object body, Duration timeout) throws IOException {
    return send("PUT", path, Json.MAPPER.writeValueAsBytes(body), timeout);
  }

  HttpResponse<byte[]> delete(String path, Duration timeout) throws IOException {
    return send("DELETE", path, new byte[0], timeout);
  }

  private HttpResponse<byte[]> send(String method, String path, byte[] body, Duration timeout)
      throws IOException {
    var call = ControlToken.Call.of(bucketUid, method, path, body);
    var request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(timeout)
            .header("Authorization", "Bearer " + ControlToken.sign(call, key, clock.instant()))
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (body.length > 0) {
      request.header("Content-Type", "application/json");
    }
    try {
      return http.send(
          request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
    } catch (IOException e) {
      throw new IOException(method + " " + base.resolve(path) + ": " + describe(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException(method + " " + path).initCause(e);
    }
  }

  /// The JDK's connect exceptions often have no message.
  private static String describe(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /// What a 2xx answer says; everything else that was not expected could not be found out.
  static <T> T read(HttpResponse<byte[]> answer, Class<T> type) throws IOException {
    if (answer.statusCode() != 200) {
      throw refused(answer);
    }
    return Json.MAPPER.readValue(answer.body(), type);
  }

  static ControlRefused refused(HttpResponse<byte[]> answer) {
    var call = answer.request().method() + " " + answer.uri();
    try {
      var error = Json.MAPPER.readValue(answer.body(), ControlError.class);
      return new ControlRefused(call, answer.statusCode(), error.code(), error.message());
    } catch (IOException e) {
      return new ControlRefused(call, answer.statusCode(), "?", "an answer without ControlError");
    }
  }
}
