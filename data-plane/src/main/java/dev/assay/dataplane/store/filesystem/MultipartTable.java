package dev.assay.dataplane.store.filesystem;

import dev.assay.dataplane.store.MultipartRequest;
import dev.assay.dataplane.store.Part;
import dev.assay.wire.Json;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Plain multipart uploads, and the parts of these and of sessions, in the index.
final class MultipartTable {
  private static final String SELECT = "SELECT id, body, version FROM multipart ";

  private MultipartTable() {}

  private record Body(MultipartRequest request, Instant startedAt) {}

  private record PartBody(Part part, @Nullable String md5) {}

  static void insert(Sql sql, MultipartRow row) throws IOException {
    sql.update(
        "INSERT INTO multipart(id, key, body, touched) VALUES(?, ?, ?, ?)",
        row.id(),
        VersionTable.bytes(row.request().key()),
        Json.MAPPER.writeValueAsString(new Body(row.request(), row.startedAt())),
        row.startedAt().toEpochMilli());
  }

  static Optional<MultipartRow> byId(Sql sql, String id) throws IOException {
    return sql.first(SELECT + "WHERE id = ?", MultipartTable::row, id);
  }

  /// Open uploads after a key and id, in that order.
  static List<MultipartRow> open(Sql sql, byte[] key, String id, int limit) throws IOException {
    return sql.list(
        SELECT
            + "WHERE key >= ? AND (key, id) > (?, ?) AND version IS NULL ORDER BY key, id LIMIT ?",
        MultipartTable::row,
        key,
        key,
        id,
        limit);
  }

  static void touch(Sql sql, String id, Instant now) throws IOException {
    sql.update("UPDATE multipart SET touched = ? WHERE id = ?", now.toEpochMilli(), id);
  }

  static void complete(Sql sql, String id, String versionId, Instant now) throws IOException {
    sql.update(
        "UPDATE multipart SET version = ?, touched = ? WHERE id = ?",
        versionId,
        now.toEpochMilli(),
        id);
  }

  static boolean delete(Sql sql, String id) throws IOException {
    return sql.update("DELETE FROM multipart WHERE id = ?", id) > 0;
  }

  /// Open uploads that nothing came for since then.
  static List<String> idleSince(Sql sql, Instant then) throws IOException {
    return sql.list(
        "SELECT id FROM multipart WHERE touched < ? AND version IS NULL",
        row -> row.getString(1),
        then.toEpochMilli());
  }

  static void forgetCompletedBefore(Sql sql, Instant then) throws IOException {
    sql.update(
        "DELETE FROM multipart WHERE touched < ? AND version IS NOT NULL", then.toEpochMilli());
  }

  static List<PartRow> parts(Sql sql, String upload, int after, int limit) throws IOException {
    return sql.list(
        "SELECT blob, body FROM part WHERE upload = ? AND number > ? ORDER BY number LIMIT ?",
        MultipartTable::partRow,
        upload,
        after,
        limit);
  }

  static List<PartRow> parts(Sql sql, String upload) throws IOException {
    return parts(sql, upload, 0, Integer.MAX_VALUE);
  }

  static Optional<PartRow> part(Sql sql, String upload, int number) throws IOException {
    return parts(sql, upload, number - 1, 1).stream()
        .filter(row -> row.part().number() == number)
        .findFirst();
  }

  /// Sizes of an upload's parts added up, without part `number`.
  static long bytesBeside(Sql sql, String upload, int number) throws IOException {
    return sql.number(
        "SELECT coalesce(sum(size), 0) FROM part WHERE upload = ? AND number <> ?", upload, number);
  }

  static void putPart(Sql sql, String upload, PartRow row) throws IOException {
    sql.update(
        "INSERT OR REPLACE INTO part(upload, number, blob, size, body) VALUES(?, ?, ?, ?, ?)",
        upload,
        row.part().number(),
        row.blob(),
        row.part().sizeBytes(),
        Json.MAPPER.writeValueAsString(new PartBody(row.part(), row.md5().orElse(null))));
  }

  static void deleteParts(Sql sql, String upload) throws IOException {
    sql.update("DELETE FROM part WHERE upload = ?", upload);
  }

  private static MultipartRow row(ResultSet row) throws SQLException, IOException {
    var body = Json.MAPPER.readValue(row.getString(2), Body.class);
    return new MultipartRow(
        row.getString(1), body.request(), body.startedAt(), Optional.ofNullable(row.getString(3)));
  }

  private static PartRow partRow(ResultSet row) throws SQLException, IOException {
    var body = Json.MAPPER.readValue(row.getString(2), PartBody.class);
    return new PartRow(body.part(), row.getString(1), Optional.ofNullable(body.md5()));
  }
}
