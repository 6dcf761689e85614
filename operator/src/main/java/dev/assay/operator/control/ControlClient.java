package dev.assay.operator.control;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static java.net.HttpURLConnection.HTTP_ENTITY_TOO_LARGE;
import static java.net.HttpURLConnection.HTTP_GONE;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;
import static java.net.HttpURLConnection.HTTP_NO_CONTENT;

import dev.assay.wire.Json;
import dev.assay.wire.control.Changes;
import dev.assay.wire.control.ControlError;
import dev.assay.wire.control.SessionStatus;
import dev.assay.wire.control.StateChange;
import dev.assay.wire.control.StoreStatus;
import dev.assay.wire.control.StoredVersion;
import dev.assay.wire.control.UploadSession;
import dev.assay.wire.control.VersionPage;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The control port of one data plane (docs/reference/control-port.md). Every method throws
/// IOException when it could not find out; all calls may be made again.
public final class ControlClient {
  private static final int PAGE = 1000;
  private static final int CHANGES_AT_ONCE = 500;

  private final ControlCalls calls;
  private final Duration timeout;

  /// @param timeout for one call, without the feed's own wait
  ControlClient(ControlCalls calls, Duration timeout) {
    this.calls = calls;
    this.timeout = timeout;
  }

  public StoreStatus status() throws IOException {
    return ControlCalls.read(calls.get("/v1/status", timeout), StoreStatus.class);
  }

  /// Opens a session, or replaces the limits of an open one.
  public SessionStatus openSession(UploadSession session) throws IOException {
    return ControlCalls.read(
        calls.put("/v1/sessions/" + Paths.segment(session.id()), session, timeout),
        SessionStatus.class);
  }

  public Optional<SessionStatus> session(String id) throws IOException {
    return find("/v1/sessions/" + Paths.segment(id), SessionStatus.class);
  }

  /// Ends a session; an upload in flight is cut. It may be gone already.
  public void closeSession(String id) throws IOException {
    delete("/v1/sessions/" + Paths.segment(id));
  }

  public Optional<StoredVersion> version(String versionId) throws IOException {
    return find("/v1/versions/" + Paths.segment(versionId), StoredVersion.class);
  }

  /// Every version in every state, in key order.
  public List<StoredVersion> versions() throws IOException {
    return versions("");
  }

  /// Every version whose key starts with `prefix`.
  public List<StoredVersion> versions(String prefix) throws IOException {
    var all = new ArrayList<StoredVersion>();
    String next = null;
    do {
      var page = page(prefix, next);
      all.addAll(page.versions());
      next = page.next();
    } while (next != null);
    return all;
  }

  private VersionPage page(String prefix, @Nullable String from) throws IOException {
    var path =
        "/v1/versions?limit="
            + PAGE
            + (prefix.isEmpty() ? "" : "&prefix=" + Paths.segment(prefix))
            + (from == null ? "" : "&continue=" + Paths.segment(from));
    return ControlCalls.read(calls.get(path, timeout), VersionPage.class);
  }

  public StateAnswer changeState(String versionId, StateChange change) throws IOException {
    var answer = calls.put("/v1/versions/" + Paths.segment(versionId) + "/state", change, timeout);
    return switch (answer.statusCode()) {
      case HTTP_NOT_FOUND -> new StateAnswer.Missing();
      case HTTP_CONFLICT -> moved(answer);
      default -> new StateAnswer.Changed(ControlCalls.read(answer, StoredVersion.class));
    };
  }

  private static StateAnswer moved(HttpResponse<byte[]> answer) throws IOException {
    var current = Json.MAPPER.readValue(answer.body(), ControlError.class).current();
    if (current == null) {
      throw ControlCalls.refused(answer);
    }
    return new StateAnswer.Moved(current);
  }

  /// Removes a version and its bytes. It may be gone already.
  public void deleteVersion(String versionId) throws IOException {
    delete("/v1/versions/" + Paths.segment(versionId));
  }

  /// @param key below `.assay/`
  public SmallObject internal(String key) throws IOException {
    return small("/v1/internal/" + Paths.key(key));
  }

  /// The bytes of a version in any state, if they are few.
  public SmallObject bytes(String versionId) throws IOException {
    return small("/v1/versions/" + Paths.segment(versionId) + "/bytes");
  }

  private SmallObject small(String path) throws IOException {
    var answer = calls.get(path, timeout);
    return switch (answer.statusCode()) {
      case 200 -> new SmallObject.Read(answer.body(), sha256(answer.body()));
      case HTTP_NOT_FOUND -> new SmallObject.Missing();
      case HTTP_ENTITY_TOO_LARGE -> new SmallObject.TooLarge();
      default -> throw ControlCalls.refused(answer);
    };
  }

  /// Removes everything below a prefix of `.assay/`.
  public void deleteInternal(String prefix) throws IOException {
    delete("/v1/internal/" + Paths.key(prefix));
  }

  /// The feed's position now.
  public String cursor() throws IOException {
    return ControlCalls.read(calls.get("/v1/changes", timeout), Changes.class).cursor();
  }

  /// What happened after `cursor`; comes back at once when there is something, else after `wait`.
  public FeedAnswer changes(String cursor, Duration wait) throws IOException {
    var path =
        "/v1/changes?after="
            + Paths.segment(cursor)
            + "&waitSeconds="
            + wait.toSeconds()
            + "&limit="
            + CHANGES_AT_ONCE;
    var answer = calls.get(path, timeout.plus(wait));
    return answer.statusCode() == HTTP_GONE
        ? new FeedAnswer.CursorGone()
        : new FeedAnswer.Read(ControlCalls.read(answer, Changes.class));
  }

  private <T> Optional<T> find(String path, Class<T> type) throws IOException {
    var answer = calls.get(path, timeout);
    return answer.statusCode() == HTTP_NOT_FOUND
        ? Optional.empty()
        : Optional.of(ControlCalls.read(answer, type));
  }

  private void delete(String path) throws IOException {
    var answer = calls.delete(path, timeout);
    if (answer.statusCode() != HTTP_NO_CONTENT && answer.statusCode() != HTTP_NOT_FOUND) {
      throw ControlCalls.refused(answer);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
