package dev.assay.dataplane.store.filesystem;

import java.io.IOException;
import java.util.List;

/// The index's tables. Keys are BLOBs, so that their order is S3's: bytes of UTF-8.
final class Schema {
  /// Kept in `user_version`, set when the index is complete: a rebuild that was cut short starts
  /// anew.
  static final int VERSION = 1;

  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
          """
          CREATE TABLE version(
            ord INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            key BLOB NOT NULL,
            internal INTEGER NOT NULL,
            size INTEGER NOT NULL,
            sha256 TEXT NOT NULL,
            session TEXT,
            facts TEXT NOT NULL,
            state TEXT NOT NULL,
            revision INTEGER NOT NULL,
            reason TEXT,
            message TEXT)\
          """,
          "CREATE INDEX version_key ON version(key, ord DESC)",
          "CREATE INDEX version_sha256 ON version(sha256)",
          "CREATE INDEX version_session ON version(session) WHERE session IS NOT NULL",
          "CREATE TABLE served(key BLOB PRIMARY KEY, version TEXT NOT NULL) WITHOUT ROWID",
          """
          CREATE TABLE extent(
            version TEXT NOT NULL,
            n INTEGER NOT NULL,
            blob TEXT NOT NULL,
            length INTEGER NOT NULL,
            PRIMARY KEY(version, n)) WITHOUT ROWID\
          """,
          "CREATE INDEX extent_blob ON extent(blob)",
          "CREATE TABLE usage(objects INTEGER NOT NULL, bytes INTEGER NOT NULL)",
          "INSERT INTO usage VALUES(0, 0)",
          """
          CREATE TABLE session(
            id TEXT PRIMARY KEY,
            body TEXT NOT NULL,
            expires INTEGER NOT NULL,
            version TEXT,
            completed TEXT,
            refusal TEXT) WITHOUT ROWID\
          """,
          "CREATE INDEX session_expires ON session(expires)",
          """
          CREATE TABLE multipart(
            id TEXT PRIMARY KEY,
            key BLOB NOT NULL,
            body TEXT NOT NULL,
            touched INTEGER NOT NULL,
            version TEXT) WITHOUT ROWID\
          """,
          "CREATE INDEX multipart_key ON multipart(key, id)",
          "CREATE INDEX multipart_touched ON multipart(touched)",
          """
          CREATE TABLE part(
            upload TEXT NOT NULL,
            number INTEGER NOT NULL,
            blob TEXT NOT NULL UNIQUE,
            size INTEGER NOT NULL,
            body TEXT NOT NULL,
            PRIMARY KEY(upload, number)) WITHOUT ROWID\
          """,
          "CREATE TABLE feed(seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER, body TEXT)");

  private Schema() {}

  static void create(Sql sql, String epoch) throws IOException {
    for (var table : TABLES) {
      sql.run(table);
    }
    sql.update("INSERT INTO meta VALUES('epoch', ?)", epoch);
    sql.update("INSERT INTO meta VALUES('trimmed', '0')");
  }
}
