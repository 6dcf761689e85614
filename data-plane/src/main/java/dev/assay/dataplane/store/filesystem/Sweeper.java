package dev.assay.dataplane.store.filesystem;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/// Removes what is over.
final class Sweeper {
  /// How long CompleteMultipartUpload may be sent again.
  private static final Duration COMPLETED_KEPT_FOR = Duration.ofHours(24);

  /// How long the operator may look at a session that is over.
  private static final Duration SESSIONS_KEPT_FOR = Duration.ofDays(7);

  private final Engine engine;

  Sweeper(Engine engine) {
    this.engine = engine;
  }

  boolean sweep(Instant now) throws IOException {
    forgetEndedUploads();
    return engine.index().write(tx -> sweep(tx, now));
  }

  /// What is kept in memory for an upload goes with it, also when it never had a part.
  private void forgetEndedUploads() throws IOException {
    engine.progress().prune();
    for (var upload : engine.prefixes().keySet()) {
      if (engine.live().count(upload) == 0 && new Multiparts(engine).find(upload).isEmpty()) {
        engine.prefixes().remove(upload);
      }
    }
  }

  private boolean sweep(Tx tx, Instant now) throws IOException {
    for (var session : SessionTable.withLeftovers(tx.sql(), now)) {
      Removal.dropParts(engine, tx, session);
    }
    var idleSince = now.minus(engine.settings().abortIncompleteUploadAfter());
    for (var upload : MultipartTable.idleSince(tx.sql(), idleSince)) {
      if (engine.live().count(upload) == 0) {
        MultipartTable.delete(tx.sql(), upload);
        Removal.dropParts(engine, tx, upload);
      }
    }
    MultipartTable.forgetCompletedBefore(tx.sql(), now.minus(COMPLETED_KEPT_FOR));
    SessionTable.forgetExpiredBefore(tx.sql(), now.minus(SESSIONS_KEPT_FOR));
    ChangeFeed.trim(tx.sql(), now, ChangeFeed.KEPT_ROWS, ChangeFeed.KEPT_FOR);
    return true;
  }
}
