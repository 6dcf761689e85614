package dev.assay.dataplane.control;

import static dev.assay.dataplane.control.ControlHandler.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.assay.dataplane.http.Answer;
import dev.assay.dataplane.http.RefusedException;
import dev.assay.dataplane.http.Request;
import dev.assay.dataplane.http.S3Error;
import dev.assay.dataplane.settings.InForce;
import dev.assay.dataplane.store.DiskFullException;
import dev.assay.dataplane.store.FeedAnswer;
import dev.assay.dataplane.store.StateOutcome;
import dev.assay.dataplane.store.Store;
import dev.assay.wire.Json;
import dev.assay.wire.control.ControlError;
import dev.assay.wire.control.StateChange;
import dev.assay.wire.control.StoreStatus;
import dev.assay.wire.control.UploadSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/// The calls of `docs/reference/control-port.md`.
public final class Routes {
  private static final int MAX_VERSIONS = 1_000;
  private static final int MAX_CHANGES = 500;
  private static final int MAX_WAIT_SECONDS = 60;

  private final Store store;
  private final Clock clock;

  public Routes(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  Answer answer(Request request, byte[] body, InForce settings)
      throws IOException, InterruptedException {
    try {
      return route(request, body, settings);
    } catch (DiskFullException e) {
      throw S3Error.of(503, "Unavailable", "the disk is full: " + e.getMessage()).exception();
    }
  }

  private Answer route(Request request, byte[] body, InForce settings)
      throws IOException, InterruptedException {
    var method = request.head().method();
    var call = PathCall.parse(method, request.head().path());
    request.label("control " + call.route());
    return switch (call.route()) {
      case "GET /v1/status" -> status(settings);
      case "PUT /v1/sessions/*" -> openSession(call.rest(), body);
      case "GET /v1/sessions/*" ->
          json(200, store.session(call.rest()).orElseThrow(() -> missing("session", call.rest())));
      case "DELETE /v1/sessions/*" -> {
        store.closeSession(call.rest());
        yield Answer.empty(204, Map.of());
      }
      case "GET /v1/versions" -> versions(request);
      case "GET /v1/versions/*" ->
          json(
              200,
              store
                  .describe(call.rest())
                  .orElseThrow(() -> missing("version", call.rest()))
                  .stored());
      case "GET /v1/versions/*/bytes" -> new SmallObjects(store).readVersion(call.rest());
      case "PUT /v1/versions/*/state" -> change(call.rest(), body);
      case "DELETE /v1/versions/*" -> {
        store.deleteVersion(call.rest());
        yield Answer.empty(204, Map.of());
      }
      case "GET /v1/internal/*" -> new SmallObjects(store).read(call.rest());
      case "DELETE /v1/internal/*" -> new SmallObjects(store).delete(call.rest());
      case "GET /v1/changes" -> changes(request);
      default -> throw S3Error.of(404, "NotFound", "there is no call " + call.route()).exception();
    };
  }

  private Answer status(InForce settings) throws IOException {
    var usage = store.usage();
    return json(
        200,
        new StoreStatus(
            settings.configuration().bucketUid(),
            store.epoch(),
            usage.objects(),
            usage.bytes(),
            clock.instant(),
            settings.digest()));
  }

  private Answer openSession(String id, byte[] body) throws IOException {
    var session = parse(body, UploadSession.class);
    if (!id.equals(session.id())) {
      throw badRequest("the path names session %s, the body %s".formatted(id, session.id()));
    }
    var problem = SessionCheck.problem(session);
    if (problem.isPresent()) {
      throw badRequest("session " + id + ": " + problem.get());
    }
    return json(200, store.openSession(session));
  }

  private Answer versions(Request request) throws IOException {
    var query = request.head().query();
    var limit = number(request, "limit", MAX_VERSIONS, 1, MAX_VERSIONS);
    try {
      return json(
          200,
          store.versions(
              query.value("prefix").orElse(""), query.value("continue").orElse(null), limit));
    } catch (IllegalArgumentException e) {
      throw badRequest("continue: expected the next of a page, found another text");
    }
  }

  private Answer change(String versionId, byte[] body) throws IOException {
    var change = parse(body, StateChange.class);
    return switch (store.change(versionId, change)) {
      case StateOutcome.Applied(var version) -> json(200, version);
      case StateOutcome.Missing() -> throw missing("version", versionId);
      case StateOutcome.Conflict(var current) ->
          json(
              409,
              new ControlError(
                  "Conflict",
                  "version %s: the change was decided on revision %d and sha256 %s, the store has revision %d and sha256 %s"
                      .formatted(
                          versionId,
                          change.observedRevision(),
                          change.sha256(),
                          current.stateRevision(),
                          current.sha256()),
                  current));
    };
  }

  private Answer changes(Request request) throws IOException, InterruptedException {
    var wait = number(request, "waitSeconds", 0, 0, MAX_WAIT_SECONDS);
    var limit = number(request, "limit", MAX_CHANGES, 1, MAX_CHANGES);
    var after = request.head().query().value("after").orElse(null);
    // A virtual thread waits here: it costs a few hundred bytes, not a thread.
    return switch (store.changes(after, Duration.ofSeconds(wait), limit)) {
      case FeedAnswer.News(var changes) -> json(200, changes);
      case FeedAnswer.Gone(var message) -> throw S3Error.of(410, "CursorGone", message).exception();
    };
  }

  private static int number(Request request, String name, int absent, int min, int max)
      throws RefusedException {
    var text = request.head().query().value(name).orElse("");
    if (text.isEmpty()) {
      return absent;
    }
    var number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    if (number < min || number > max) {
      throw badRequest("%s: expected %d to %d, found %s".formatted(name, min, max, text));
    }
    return number;
  }

  private static <T> T parse(byte[] body, Class<T> type) throws IOException {
    try {
      var parsed = Json.MAPPER.readValue(body, type);
      if (parsed == null) {
        throw badRequest("the body is null, expected " + type.getSimpleName());
      }
      return parsed;
    } catch (JsonProcessingException e) {
      throw badRequest("the body is not a " + type.getSimpleName() + ": " + e.getOriginalMessage());
    }
  }

  static RefusedException badRequest(String message) {
    return S3Error.of(400, "BadRequest", message).exception();
  }

  static RefusedException missing(String kind, String name) {
    return S3Error.of(404, "NotFound", "there is no " + kind + " " + name).exception();
  }
}
