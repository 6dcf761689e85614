package dev.assay.dataplane.store.filesystem;

import dev.assay.wire.Json;
import dev.assay.wire.control.SessionStatus;
import dev.assay.wire.control.StoredVersion;
import dev.assay.wire.control.UploadSession;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Upload sessions in the index.
final class SessionTable {
  private SessionTable() {}

  static Optional<SessionRow> byId(Sql sql, String id) throws IOException {
    return sql.first(
        "SELECT body, completed, refusal FROM session WHERE id = ?", SessionTable::row, id);
  }

  static void put(Sql sql, UploadSession session) throws IOException {
    sql.update(
        """
        INSERT INTO session(id, body, expires) VALUES(?, ?, ?)
        ON CONFLICT(id) DO UPDATE SET body = excluded.body, expires = excluded.expires\
        """,
        session.id(),
        Json.MAPPER.writeValueAsString(session),
        session.expiresAt().toEpochMilli());
  }

  static void complete(Sql sql, String id, StoredVersion version) throws IOException {
    sql.update(
        "UPDATE session SET version = ?, completed = ?, refusal = NULL WHERE id = ?",
        version.versionId(),
        Json.MAPPER.writeValueAsString(version),
        id);
  }

  static void refuse(Sql sql, String id, SessionStatus.Refusal refusal) throws IOException {
    sql.update(
        "UPDATE session SET refusal = ? WHERE id = ?", Json.MAPPER.writeValueAsString(refusal), id);
  }

  static void delete(Sql sql, String id) throws IOException {
    sql.update("DELETE FROM session WHERE id = ?", id);
  }

  /// Sessions over by then that still have parts.
  static List<String> withLeftovers(Sql sql, Instant now) throws IOException {
    return sql.list(
        """
        SELECT DISTINCT s.id FROM session s JOIN part p ON p.upload = s.id WHERE s.expires <= ?\
        """,
        row -> row.getString(1),
        now.toEpochMilli());
  }

  static void forgetExpiredBefore(Sql sql, Instant then) throws IOException {
    sql.update("DELETE FROM session WHERE expires < ?", then.toEpochMilli());
  }

  private static SessionRow row(ResultSet row) throws SQLException, IOException {
    var completed = row.getString(2);
    var refusal = row.getString(3);
    return new SessionRow(
        Json.MAPPER.readValue(row.getString(1), UploadSession.class),
        completed == null
            ? Optional.empty()
            : Optional.of(Json.MAPPER.readValue(completed, StoredVersion.class)),
        refusal == null
            ? Optional.empty()
            : Optional.of(Json.MAPPER.readValue(refusal, SessionStatus.Refusal.class)));
  }
}
