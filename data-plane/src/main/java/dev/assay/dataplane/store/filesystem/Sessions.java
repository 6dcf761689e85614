package dev.assay.dataplane.store.filesystem;

import dev.assay.wire.control.SessionStatus;
import dev.assay.wire.control.UploadSession;
import java.io.IOException;
import java.util.Optional;

/// Upload sessions: opening, status, closing.
final class Sessions {
  private final Engine engine;

  Sessions(Engine engine) {
    this.engine = engine;
  }

  SessionStatus open(UploadSession session) throws IOException {
    return engine
        .index()
        .write(tx -> {
          var before = SessionTable.byId(tx.sql(), session.id());
          if (before.flatMap(SessionRow::completed).isEmpty()) {
            SessionTable.put(tx.sql(), session);
            // After a rebuilt index the session is unknown, but its one success is not undone.
            var made = VersionTable.ofSession(tx.sql(), session.id());
            if (made.isPresent()) {
              SessionTable.complete(tx.sql(), session.id(), made.get().stored());
            }
          }
          return status(tx.sql(), session.id())
              .orElseThrow(() -> new IOException("index: a session just opened is not there"));
        });
  }

  Optional<SessionStatus> status(String id) throws IOException {
    return engine.index().read(sql -> status(sql, id));
  }

  private Optional<SessionStatus> status(Sql sql, String id) throws IOException {
    var found = SessionTable.byId(sql, id);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    var row = found.get();
    var parts = MultipartTable.parts(sql, id);
    var partBytes = parts.stream().mapToLong(part -> part.part().sizeBytes()).sum();
    var completed = row.completed().orElse(null);
    var version =
        completed == null
            ? null
            : VersionTable.byId(sql, completed.versionId())
                .map(VersionRow::stored)
                .orElse(completed);
    return Optional.of(
        new SessionStatus(
            row.session(),
            row.phase(engine.now()),
            version == null ? partBytes + engine.live().receivedBytes(id) : version.sizeBytes(),
            parts.size(),
            version,
            row.lastRefusal().orElse(null)));
  }

  void close(String id) throws IOException {
    engine
        .index()
        .write(tx -> {
          SessionTable.delete(tx.sql(), id);
          Removal.dropParts(engine, tx, id);
          return true;
        });
    engine.live().cut(id, LiveUploads.Cut.SESSION_CLOSED);
  }
}
