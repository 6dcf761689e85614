package dev.assay.dataplane.store.filesystem;

import dev.assay.wire.Json;
import dev.assay.wire.control.Change;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// One change of the index within the writer's transaction.
final class Tx {
  private final Sql sql;
  private final Instant now;
  private final List<Runnable> effects = new ArrayList<>();

  Tx(Sql sql, Instant now) {
    this.sql = sql;
    this.now = now;
  }

  /// A change that is made whole or, when it throws, not at all.
  interface Work<R> {
    R run(Tx tx) throws IOException;
  }

  Sql sql() {
    return sql;
  }

  Instant now() {
    return now;
  }

  /// Puts a line on the feed, committed with the change.
  void tell(Change change) throws IOException {
    sql.update(
        "INSERT INTO feed(at, body) VALUES(?, ?)",
        now.toEpochMilli(),
        Json.MAPPER.writerFor(Change.class).writeValueAsString(change));
  }

  /// Runs on the writer's thread once the change is durable, before its caller gets the answer.
  void afterwards(Runnable effect) {
    effects.add(effect);
  }

  List<Runnable> effects() {
    return effects;
  }
}
