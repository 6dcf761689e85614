package dev.assay.dataplane.store.filesystem;

import dev.assay.dataplane.store.FeedAnswer;
import dev.assay.wire.Json;
import dev.assay.wire.control.Change;
import dev.assay.wire.control.Changes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The feed of changes (decision 11): at least once, resumable within an epoch until trimmed.
final class ChangeFeed {
  static final int KEPT_ROWS = 100_000;
  static final Duration KEPT_FOR = Duration.ofDays(7);

  private final Index index;

  ChangeFeed(Index index) {
    this.index = index;
  }

  /// What is on the feed after a position, or that the position is gone.
  private record Look(boolean known, List<Change> changes) {}

  FeedAnswer read(@Nullable String cursor, Duration wait, int limit)
      throws IOException, InterruptedException {
    if (cursor == null) {
      return news(index.read(ChangeFeed::last), List.of());
    }
    var after = parse(cursor);
    if (after.isEmpty()) {
      return gone(cursor);
    }
    var left = wait;
    while (true) {
      var seen = index.signal().count();
      var look = index.read(sql -> look(sql, after.getAsLong(), limit));
      if (!look.known()) {
        return gone(cursor);
      }
      if (!look.changes().isEmpty()) {
        return news(look.changes().getLast().seq(), look.changes());
      }
      left = index.signal().awaitBeyond(seen, left);
      if (left.isZero()) {
        return news(after.getAsLong(), List.of());
      }
    }
  }

  private static Look look(Sql sql, long after, int limit) throws IOException {
    var trimmed = sql.number("SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'trimmed'");
    if (after < trimmed || after > last(sql)) {
      return new Look(false, List.of());
    }
    return new Look(
        true,
        sql.list(
            "SELECT seq, body FROM feed WHERE seq > ? ORDER BY seq LIMIT ?",
            row -> at(row.getLong(1), Json.MAPPER.readValue(row.getString(2), Change.class)),
            after,
            limit));
  }

  private static long last(Sql sql) throws IOException {
    return sql.number("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'feed'");
  }

  /// The position is known only once the row is there.
  private static Change at(long seq, Change change) {
    return switch (change) {
      case Change.VersionStored c -> new Change.VersionStored(seq, c.version());
      case Change.StateChanged c -> new Change.StateChanged(seq, c.version());
      case Change.VersionDeleted c -> new Change.VersionDeleted(seq, c.key(), c.versionId());
      case Change.UploadRefused c ->
          new Change.UploadRefused(seq, c.session(), c.key(), c.refusal());
      case Change.UploadProgressed c ->
          new Change.UploadProgressed(
              seq, c.session(), c.key(), c.bytesReceived(), c.partsReceived());
    };
  }

  private FeedAnswer news(long seq, List<Change> changes) {
    return new FeedAnswer.News(new Changes(index.epoch() + "." + seq, changes));
  }

  private FeedAnswer gone(String cursor) {
    return new FeedAnswer.Gone(
        ("cursor %s: expected a position of epoch %s that is still kept; list all versions, then"
                + " follow from a new cursor")
            .formatted(cursor, index.epoch()));
  }

  private OptionalLong parse(String cursor) {
    var prefix = index.epoch() + ".";
    var digits = cursor.startsWith(prefix) ? cursor.substring(prefix.length()) : "";
    return digits.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(digits))
        : OptionalLong.empty();
  }

  /// Drops rows that are too many or too old, and remembers that there were some.
  static void trim(Sql sql, Instant now, int keptRows, Duration keptFor) throws IOException {
    var byCount = last(sql) - keptRows;
    var byAge =
        sql.number(
            "SELECT coalesce(max(seq), 0) FROM feed WHERE at < ?",
            now.minus(keptFor).toEpochMilli());
    var upTo = Math.max(byCount, byAge);
    if (upTo > 0 && sql.update("DELETE FROM feed WHERE seq <= ?", upTo) > 0) {
      sql.update("UPDATE meta SET value = ? WHERE name = 'trimmed'", String.valueOf(upTo));
    }
  }
}
