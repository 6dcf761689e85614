package dev.assay.dataplane.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.assay.dataplane.http.Answer;
import dev.assay.dataplane.http.Handler;
import dev.assay.dataplane.http.Request;
import dev.assay.dataplane.http.S3Error;
import dev.assay.dataplane.settings.InForce;
import dev.assay.wire.Json;
import dev.assay.wire.control.ControlError;
import dev.assay.wire.control.ControlToken;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

/// Checks a call's token before anything else is looked at, then lets the routes answer.
public final class ControlHandler implements Handler {
  /// The largest body, a session, is a few kilobytes.
  private static final int MAX_BODY_BYTES = 1024 * 1024;

  private static final String BEARER = "Bearer ";

  private final Routes routes;
  private final Supplier<InForce> settings;
  private final Clock clock;
  private final Calls observer;

  /// Hears of every call's end.
  @FunctionalInterface
  public interface Calls {
    void ended(Request request, int status, long bytesSent);
  }

  public ControlHandler(Routes routes, Supplier<InForce> settings, Clock clock, Calls observer) {
    this.routes = routes;
    this.settings = settings;
    this.clock = clock;
    this.observer = observer;
  }

  @Override
  public Answer answer(Request request) throws IOException, InterruptedException {
    request.label("control");
    var authorization = request.head().headers().value("authorization").orElse("");
    if (!authorization.startsWith(BEARER)) {
      throw S3Error.of(401, "Unauthorized", "the call has no bearer token").exception();
    }
    var body = body(request);
    var now = settings.get();
    var call =
        ControlToken.Call.of(
            now.configuration().bucketUid(),
            request.head().method(),
            request.head().target(),
            body);
    var verdict =
        ControlToken.verify(
            authorization.substring(BEARER.length()), call, now.controlKeys(), clock.instant());
    return switch (verdict) {
      case ControlToken.Verdict.Accepted() -> routes.answer(request, body, now);
      case ControlToken.Verdict.Refused(var check) ->
          throw S3Error.of(401, "Unauthorized", "the token does not hold: " + check).exception();
    };
  }

  private static byte[] body(Request request) throws IOException {
    var length = request.contentLength();
    if (length.isPresent() && length.getAsLong() > MAX_BODY_BYTES) {
      throw tooLarge();
    }
    var bytes = request.body().readNBytes(MAX_BODY_BYTES + 1);
    if (bytes.length > MAX_BODY_BYTES) {
      throw tooLarge();
    }
    return bytes;
  }

  private static IOException tooLarge() {
    return S3Error.of(413, "BadRequest", "the body is larger than " + MAX_BODY_BYTES + " bytes")
        .exception();
  }

  @Override
  public Answer.Bytes refusal(S3Error error, String requestId, String resource) {
    return json(error.status(), new ControlError(code(error), error.message(), null));
  }

  /// The engine's own errors are named as S3 names them; this port has a shorter list.
  private static String code(S3Error error) {
    return switch (error.status()) {
      case 401 -> "Unauthorized";
      case 404 -> "NotFound";
      case 409 -> "Conflict";
      case 410 -> "CursorGone";
      case 500, 503, 507 -> "Unavailable";
      default -> "BadRequest";
    };
  }

  @Override
  public void ended(Request request, int status, long bytesSent) {
    observer.ended(request, status, bytesSent);
  }

  static Answer.Bytes json(int status, Object body) {
    try {
      return Answer.text(
          status, Map.of("Content-Type", "application/json"), Json.MAPPER.writeValueAsString(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + body.getClass().getSimpleName(), e);
    }
  }
}
