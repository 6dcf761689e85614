package dev.assay.dataplane.store.filesystem;

import dev.assay.dataplane.store.Store;
import dev.assay.wire.Json;
import dev.assay.wire.control.StateChange;
import dev.assay.wire.control.VersionState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Versions, served pointers, extents and usage in the index.
final class VersionTable {
  private static final String COLUMNS =
      "v.ord, v.facts, v.state, v.revision, v.reason, v.message, s.version IS NOT NULL";
  private static final String SELECT =
      "SELECT "
          + COLUMNS
          + " FROM version v LEFT JOIN served s ON s.key = v.key AND s.version = v.id ";
  private static final String SELECT_SERVED =
      "SELECT " + COLUMNS + " FROM served s JOIN version v ON v.id = s.version ";

  private VersionTable() {}

  static byte[] bytes(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }

  static Optional<VersionRow> byId(Sql sql, String id) throws IOException {
    return sql.first(SELECT + "WHERE v.id = ?", VersionTable::row, id);
  }

  static Optional<VersionRow> served(Sql sql, String key) throws IOException {
    return sql.first(SELECT_SERVED + "WHERE s.key = ?", VersionTable::row, bytes(key));
  }

  static Optional<VersionRow> newest(Sql sql, String key) throws IOException {
    return sql.first(
        SELECT + "WHERE v.key = ? ORDER BY v.ord DESC LIMIT 1", VersionTable::row, bytes(key));
  }

  static Optional<VersionRow> ofSession(Sql sql, String session) throws IOException {
    return sql.first(SELECT + "WHERE v.session = ?", VersionTable::row, session);
  }

  static List<VersionRow> withDigest(Sql sql, String sha256) throws IOException {
    return sql.list(
        SELECT + "WHERE v.sha256 = ? AND v.internal = 0 ORDER BY v.ord", VersionTable::row, sha256);
  }

  /// Served versions whose key is at or after `from`.
  static List<VersionRow> servedFrom(Sql sql, byte[] from, int limit) throws IOException {
    return sql.list(
        SELECT_SERVED + "WHERE s.key >= ? ORDER BY s.key LIMIT ?", VersionTable::row, from, limit);
  }

  /// Versions outside `.assay/` in listing order: from `key` on, of that key only those older than
  /// `ord`.
  static List<VersionRow> listing(Sql sql, byte[] key, long ord, int limit) throws IOException {
    return sql.list(
        SELECT
            + """
            WHERE v.key >= ? AND NOT (v.key = ? AND v.ord >= ?) AND v.internal = 0
            ORDER BY v.key, v.ord DESC LIMIT ?\
            """,
        VersionTable::row,
        key,
        key,
        ord,
        limit);
  }

  static List<VersionRow> below(Sql sql, byte[] prefix, byte[] end) throws IOException {
    return sql.list(
        SELECT + "WHERE v.key >= ? AND v.key < ? ORDER BY v.key", VersionTable::row, prefix, end);
  }

  static List<BlobExtent> extents(Sql sql, String versionId) throws IOException {
    return sql.list(
        "SELECT blob, length FROM extent WHERE version = ? ORDER BY n",
        row -> new BlobExtent(row.getString(1), row.getLong(2)),
        versionId);
  }

  static Store.Usage usage(Sql sql) throws IOException {
    return sql.first(
            "SELECT objects, bytes FROM usage",
            row -> new Store.Usage(row.getLong(1), row.getLong(2)))
        .orElseThrow(() -> new IOException("index: expected a row of usage, found none"));
  }

  static void insert(
      Sql sql,
      VersionFacts facts,
      List<BlobExtent> extents,
      VersionState state,
      Optional<String> reason)
      throws IOException {
    var internal = facts.key().startsWith(Store.INTERNAL);
    sql.update(
        """
        INSERT INTO version(id, key, internal, size, sha256, session, facts, state, revision, reason)
        VALUES(?, ?, ?, ?, ?, ?, ?, ?, 1, ?)\
        """,
        facts.versionId(),
        bytes(facts.key()),
        internal ? 1 : 0,
        facts.sizeBytes(),
        facts.sha256(),
        facts.session(),
        Json.MAPPER.writeValueAsString(facts),
        state.name(),
        reason.orElse(null));
    var n = 0;
    for (var extent : extents) {
      sql.update(
          "INSERT INTO extent VALUES(?, ?, ?, ?)",
          facts.versionId(),
          n++,
          extent.blob(),
          extent.lengthBytes());
    }
    if (!internal) {
      sql.update("UPDATE usage SET objects = objects + 1, bytes = bytes + ?", facts.sizeBytes());
    }
  }

  static void setState(Sql sql, String id, StateChange change) throws IOException {
    sql.update(
        "UPDATE version SET state = ?, revision = revision + 1, reason = ?, message = ? WHERE id = ?",
        change.to().name(),
        change.reason(),
        change.message(),
        id);
  }

  static void serve(Sql sql, VersionFacts facts) throws IOException {
    sql.update(
        "INSERT INTO served VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET version = excluded.version",
        bytes(facts.key()),
        facts.versionId());
  }

  static void stopServing(Sql sql, VersionFacts facts) throws IOException {
    sql.update(
        "DELETE FROM served WHERE key = ? AND version = ?", bytes(facts.key()), facts.versionId());
  }

  static void delete(Sql sql, VersionRow row) throws IOException {
    var id = row.facts().versionId();
    stopServing(sql, row.facts());
    sql.update("DELETE FROM extent WHERE version = ?", id);
    sql.update("DELETE FROM version WHERE id = ?", id);
    if (!row.internal()) {
      sql.update(
          "UPDATE usage SET objects = objects - 1, bytes = bytes - ?", row.facts().sizeBytes());
    }
  }

  /// Whether anything of the index needs that file.
  static boolean referenced(Sql sql, String blob) throws IOException {
    return sql.exists("SELECT 1 FROM extent WHERE blob = ?", blob)
        || sql.exists("SELECT 1 FROM part WHERE blob = ?", blob)
        || sql.exists("SELECT 1 FROM version WHERE id = ?", blob);
  }

  private static VersionRow row(ResultSet row) throws SQLException, IOException {
    return new VersionRow(
        row.getLong(1),
        Json.MAPPER.readValue(row.getString(2), VersionFacts.class),
        VersionState.valueOf(row.getString(3)),
        row.getLong(4),
        Optional.ofNullable(row.getString(5)),
        Optional.ofNullable(row.getString(6)),
        row.getBoolean(7));
  }
}
