package dev.assay.operator.control;

import dev.assay.operator.control.FakeDataPlane.Reply;
import dev.assay.wire.control.Change;
import dev.assay.wire.control.Changes;
import dev.assay.wire.control.ControlError;
import dev.assay.wire.control.SessionStatus;
import dev.assay.wire.control.StateChange;
import dev.assay.wire.control.StoreStatus;
import dev.assay.wire.control.StoredVersion;
import dev.assay.wire.control.UploadSession;
import dev.assay.wire.control.VersionPage;
import dev.assay.wire.control.VersionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/// One Bucket's store in memory. A test uploads with [#upload], refuses with [#refuse], and reads
/// what the operator did.
public final class FakeStore {
  private final String bucketUid;
  private final Map<String, SessionStatus> sessions = new TreeMap<>();
  private final Map<String, StoredVersion> versions = new TreeMap<>();
  private final Map<String, byte[]> internals = new TreeMap<>();
  private final Map<String, byte[]> contents = new TreeMap<>();
  private final List<Change> changes = new ArrayList<>();
  private String epoch = "e1";
  private String configurationDigest = "";

  FakeStore(String bucketUid) {
    this.bucketUid = bucketUid;
  }

  String bucketUid() {
    return bucketUid;
  }

  /// Completes a session as a client's upload does.
  public synchronized StoredVersion upload(String sessionId, long sizeBytes, String sha256) {
    var was = session(sessionId).orElseThrow();
    var session = was.session();
    var version =
        new StoredVersion(
            session.key(),
            "v" + (versions.size() + 1) + "-" + sessionId.substring(0, 8),
            sizeBytes,
            sha256,
            "etag",
            session.mediaType() == null ? "application/octet-stream" : session.mediaType(),
            session.metadata(),
            Instant.now(),
            "presign",
            sessionId,
            VersionState.Staged,
            1,
            null,
            false);
    versions.put(version.versionId(), version);
    sessions.put(
        sessionId,
        new SessionStatus(session, SessionStatus.Phase.Completed, sizeBytes, 0, version, null));
    record(seq -> new Change.VersionStored(seq, version));
    return version;
  }

  /// Refuses an upload into a session.
  public synchronized void refuse(String sessionId, SessionStatus.Refusal refusal) {
    var was = session(sessionId).orElseThrow();
    sessions.put(sessionId, new SessionStatus(was.session(), was.phase(), 0, 0, null, refusal));
    record(seq -> new Change.UploadRefused(seq, sessionId, was.session().key(), refusal));
  }

  /// Forgets every change, so that followers must list.
  public synchronized void newEpoch() {
    epoch = epoch + "x";
    changes.clear();
    notifyAll();
  }

  /// Puts a version there without telling the feed.
  public synchronized void putSilently(StoredVersion version) {
    versions.put(version.versionId(), version);
  }

  /// A PUT by somebody with an access key, as the feed tells it.
  public synchronized void put(String key, byte[] bytes) {
    var version =
        new StoredVersion(
            key,
            "v" + (versions.size() + 1) + "-put",
            bytes.length,
            "f".repeat(64),
            "etag",
            "application/json",
            Map.of(),
            Instant.now(),
            "signer",
            null,
            VersionState.Staged,
            1,
            null,
            false);
    versions.put(version.versionId(), version);
    contents.put(version.versionId(), bytes);
    record(seq -> new Change.VersionStored(seq, version));
  }

  /// What a version's bytes are, where somebody reads them.
  public synchronized void putBytes(String versionId, byte[] bytes) {
    contents.put(versionId, bytes);
  }

  synchronized Reply bytes(String versionId) {
    var bytes = contents.get(versionId);
    return bytes == null ? Reply.error(404, "NotFound", versionId) : new Reply(200, bytes);
  }

  public synchronized void putInternal(String key, byte[] bytes) {
    internals.put(key, bytes);
  }

  public synchronized void setConfigurationDigest(String digest) {
    configurationDigest = digest;
  }

  public synchronized List<StoredVersion> all() {
    return List.copyOf(versions.values());
  }

  public synchronized Optional<SessionStatus> session(String id) {
    return Optional.ofNullable(sessions.get(id));
  }

  public synchronized Optional<StoredVersion> version(String id) {
    return Optional.ofNullable(versions.get(id));
  }

  synchronized StoreStatus status() {
    return new StoreStatus(
        bucketUid,
        epoch,
        versions.size(),
        versions.values().stream().mapToLong(StoredVersion::sizeBytes).sum(),
        Instant.now(),
        configurationDigest);
  }

  synchronized SessionStatus open(UploadSession session) {
    return sessions.compute(
        session.id(),
        (id, was) ->
            was != null && was.phase() == SessionStatus.Phase.Completed
                ? was
                : new SessionStatus(session, SessionStatus.Phase.Open, 0, 0, null, null));
  }

  synchronized Reply close(String id) {
    sessions.remove(id);
    return Reply.done();
  }

  synchronized VersionPage page(Map<String, String> query) {
    var prefix = query.getOrDefault("prefix", "");
    return new VersionPage(
        versions.values().stream()
            .filter(v -> v.key().startsWith(prefix))
            .sorted(Comparator.comparing(StoredVersion::key))
            .toList(),
        null);
  }

  synchronized Reply change(String id, StateChange change) {
    var was = versions.get(id);
    if (was == null) {
      return Reply.error(404, "NotFound", id);
    }
    if (was.state() == change.to() && was.sha256().equals(change.sha256())) {
      return Reply.ok(was);
    }
    if (was.stateRevision() != change.observedRevision() || !was.sha256().equals(change.sha256())) {
      return Reply.json(409, new ControlError("Conflict", "moved on", was));
    }
    var now = with(was, change);
    versions.put(id, now);
    record(seq -> new Change.StateChanged(seq, now));
    return Reply.ok(now);
  }

  private static StoredVersion with(StoredVersion was, StateChange change) {
    return new StoredVersion(
        was.key(),
        was.versionId(),
        was.sizeBytes(),
        was.sha256(),
        was.etag(),
        was.mediaType(),
        was.metadata(),
        was.storedAt(),
        was.uploader(),
        was.session(),
        change.to(),
        was.stateRevision() + 1,
        change.reason(),
        change.to() == VersionState.Released);
  }

  synchronized Reply delete(String id) {
    var was = versions.remove(id);
    if (was != null) {
      record(seq -> new Change.VersionDeleted(seq, was.key(), id));
    }
    return Reply.done();
  }

  synchronized Reply internal(String method, String key) {
    if (method.equals("DELETE")) {
      internals.keySet().removeIf(k -> k.startsWith(key));
      return Reply.done();
    }
    var bytes = internals.get(key);
    return bytes == null ? Reply.error(404, "NotFound", key) : new Reply(200, bytes);
  }

  synchronized Reply changes(Map<String, String> query) {
    var after = query.get("after");
    if (after == null) {
      return Reply.ok(new Changes(epoch + "." + changes.size(), List.of()));
    }
    var dot = after.indexOf('.');
    if (!after.substring(0, dot).equals(epoch)) {
      return Reply.error(410, "CursorGone", after);
    }
    var from = Integer.parseInt(after.substring(dot + 1));
    await(from, Long.parseLong(query.getOrDefault("waitSeconds", "0")));
    if (!after.substring(0, dot).equals(epoch)) {
      return Reply.error(410, "CursorGone", after);
    }
    var news = List.copyOf(changes.subList(Math.min(from, changes.size()), changes.size()));
    return Reply.ok(new Changes(epoch + "." + changes.size(), news));
  }

  private void await(int from, long seconds) {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    var before = epoch;
    try {
      while (changes.size() <= from && epoch.equals(before) && System.nanoTime() < deadline) {
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, deadline - System.nanoTime()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void record(LongFunction<Change> change) {
    changes.add(change.apply(changes.size() + 1));
    notifyAll();
  }
}
