package dev.assay.dataplane.store.filesystem;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.sqlite.SQLiteConfig;

/// The index database while it is open: one writer, a few readers that see what was committed.
final class Index implements Closeable {
  /// Lookups take some 20 µs each: more connections than cores would only wait for them.
  private static final int READERS = Math.max(2, Runtime.getRuntime().availableProcessors());

  private final GroupWriter writer;
  private final BlockingQueue<Sql> readers = new ArrayBlockingQueue<>(READERS);
  private final FeedSignal signal = new FeedSignal();
  private final String epoch;
  private volatile boolean closed;

  /// Reads within one snapshot: what a version is and where its bytes lie belong together.
  interface Query<R> {
    R run(Sql sql) throws IOException;
  }

  Index(Root root, Clock clock) throws IOException {
    for (var i = 0; i < READERS; i++) {
      readers.add(connect(root.index(), true));
    }
    var sql = connect(root.index(), false);
    this.epoch =
        sql.first("SELECT value FROM meta WHERE name = 'epoch'", row -> row.getString(1))
            .orElseThrow(() -> new IOException("index: expected an epoch, found none"));
    this.writer = new GroupWriter(sql, root, clock, signal::raise);
  }

  static Sql connect(Path file, boolean readOnly) throws IOException {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(10_000);
    try {
      var sql = new Sql(DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties()));
      if (readOnly) {
        // Not SQLite's own read-only mode, which cannot create a missing -shm file.
        sql.run("PRAGMA query_only = ON");
      }
      return sql;
    } catch (SQLException e) {
      throw Sql.translated(e);
    }
  }

  <R> R read(Query<R> query) throws IOException {
    Sql sql;
    try {
      sql = readers.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the index");
    }
    if (closed) {
      readers.add(sql); // passed on, so that it wakes the next who waits
      throw new IOException("the store is closed");
    }
    try {
      sql.update("BEGIN");
      try {
        return query.run(sql);
      } finally {
        sql.update("COMMIT");
      }
    } finally {
      readers.add(sql);
    }
  }

  /// Makes a change and waits until it is durable.
  <R> R write(Tx.Work<R> work) throws IOException {
    return writer.write(false, work);
  }

  /// As {@link #write}, for a change that names blobs renamed into place just now.
  <R> R publish(Tx.Work<R> work) throws IOException {
    return writer.write(true, work);
  }

  /// Makes a change soon and does not wait: for what may be lost.
  <R> void post(Tx.Work<R> work) throws IOException {
    var _ = writer.post(false, work);
  }

  FeedSignal signal() {
    return signal;
  }

  String epoch() {
    return epoch;
  }

  @Override
  public void close() throws IOException {
    signal.close();
    try {
      for (var i = 0; i < READERS; i++) {
        var reader = readers.take();
        reader.close();
        if (i == READERS - 1) {
          closed = true;
          readers.add(reader);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the process is going down: the writer matters more
    }
    writer.close();
  }
}
