package dev.assay.dataplane.store.filesystem;

import dev.assay.wire.control.Change;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Tells the feed how far a session's upload is: after 30 s for the first time, then at most every
/// 30 s, and only when the number changed.
final class Progress {
  static final Duration EVERY = Duration.ofSeconds(30);

  private final Index index;
  private final LiveUploads live;
  private final Clock clock;
  private final Map<String, Mark> marks = new ConcurrentHashMap<>();

  private record Mark(Instant toldAt, long bytes) {}

  Progress(Index index, LiveUploads live, Clock clock) {
    this.index = index;
    this.live = live;
    this.clock = clock;
  }

  void begin(String session) {
    marks.putIfAbsent(session, new Mark(clock.instant(), 0));
  }

  /// Called with every chunk: cheap unless it is time to tell.
  void note(String session, String key) throws IOException {
    var now = clock.instant();
    var mark = marks.get(session);
    if (mark == null || now.isBefore(mark.toldAt().plus(EVERY))) {
      return;
    }
    if (marks.replace(session, mark, new Mark(now, mark.bytes()))) {
      index.post(tx -> tell(tx, session, key, new Mark(now, mark.bytes())));
    }
  }

  private boolean tell(Tx tx, String session, String key, Mark mark) throws IOException {
    var parts = MultipartTable.parts(tx.sql(), session);
    var bytes = received(parts.stream().mapToLong(row -> row.part().sizeBytes()).sum(), session);
    if (bytes == mark.bytes()) {
      return false;
    }
    marks.replace(session, mark, new Mark(mark.toldAt(), bytes));
    tx.tell(new Change.UploadProgressed(0, session, key, bytes, parts.size()));
    return true;
  }

  private long received(long partBytes, String session) {
    return partBytes + live.receivedBytes(session);
  }

  void forget(String session) {
    marks.remove(session);
  }

  /// Drops what no upload in flight needs any longer.
  void prune() {
    marks.keySet().removeIf(session -> live.count(session) == 0);
  }
}
