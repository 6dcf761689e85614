package dev.assay.operator.control;

import dev.assay.wire.control.Change;
import dev.assay.wire.control.StoredVersion;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Follows the feed of one data plane in a thread of its own until it is interrupted: at start and
/// after a lost cursor it lists, then it follows; it lists again now and then to repair what the
/// feed missed. Errors are met with back-off, from half a second to half a minute.
final class Follower implements Runnable {
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /// One data plane, asked for anew at each call because the operator's key may not be readable
  /// yet.
  interface Source {
    ControlClient client() throws IOException;
  }

  private final ResourceID bucket;
  private final Source source;
  private final Duration interval;
  private final Clock clock;
  private final Consumer<Wake> wakes;

  private @Nullable String cursor;
  private Instant listAgainAt = Instant.MAX;
  private int failures;

  /// @param interval between two full listings
  Follower(ResourceID bucket, Source source, Duration interval, Clock clock, Consumer<Wake> wakes) {
    this.bucket = bucket;
    this.source = source;
    this.interval = interval;
    this.clock = clock;
    this.wakes = wakes;
  }

  @Override
  public void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        step();
      } catch (IOException e) {
        if (!Thread.currentThread().isInterrupted()) {
          failed(e);
          pause();
        }
      }
    }
  }

  private void step() throws IOException {
    var client = source.client();
    if (failures > 0) {
      client.status(); // the feed itself answers only when there is news
      recovered();
    }
    if (cursor == null || !clock.instant().isBefore(listAgainAt)) {
      // The cursor first: what changes while the listing is read is then told once more.
      var from = cursor == null ? client.cursor() : cursor;
      wakes.accept(new Wake.Listed(bucket, client.versions()));
      listAgainAt = clock.instant().plus(interval);
      cursor = from;
    }
    switch (client.changes(Objects.requireNonNull(cursor), WAIT)) {
      case FeedAnswer.CursorGone() -> cursor = null;
      case FeedAnswer.Read(var changes) -> {
        changes.changes().forEach(this::tell);
        cursor = changes.cursor();
      }
    }
  }

  private void tell(Change change) {
    wakes.accept(
        switch (change) {
          case Change.VersionStored(var _, var version) -> changed(version);
          case Change.StateChanged(var _, var version) -> changed(version);
          case Change.VersionDeleted(var _, var key, var _) -> new Wake.Changed(bucket, key, "");
          case Change.UploadRefused(var _, var session, var key, var _) ->
              new Wake.Changed(bucket, key, session);
          case Change.UploadProgressed(var _, var session, var key, var _, var _) ->
              new Wake.Changed(bucket, key, session);
        });
  }

  private Wake changed(StoredVersion version) {
    var session = version.session();
    return new Wake.Changed(bucket, version.key(), session == null ? "" : session);
  }

  private void recovered() {
    Log.infof("Bucket %s: its data plane answers again", bucket);
    failures = 0;
    wakes.accept(new Wake.Recovered(bucket));
  }

  private void failed(IOException e) {
    failures++;
    if (failures == 1) {
      Log.infof("Bucket %s: its data plane does not answer: %s", bucket, e.getMessage());
      wakes.accept(new Wake.Lost(bucket, String.valueOf(e.getMessage())));
    }
  }

  private void pause() {
    var doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 10));
    try {
      Thread.sleep(doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
