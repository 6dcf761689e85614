package dev.assay.operator.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assay.operator.signing.PublicRoot.Sight;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;

/// A root with a mirror and a clock of its own.
final class WatchedRoot implements AutoCloseable {
  final FakeMirror mirror = new FakeMirror();
  private volatile Instant now = Instant.parse("2030-01-01T00:00:00Z");
  final PublicRoot root = new PublicRoot(mirror, new HandSet());

  private final class HandSet extends Clock {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  Instant now() {
    return now;
  }

  void setClock(Instant time) {
    now = time;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /// What is known after the next change.
  Sight changed() {
    var seen = new AtomicInteger();
    Runnable count = seen::incrementAndGet;
    root.subscribe(count);
    root.ask();
    await().untilAsserted(() -> assertThat(seen).hasPositiveValue());
    root.unsubscribe(count);
    return root.ask();
  }

  @Override
  public void close() {
    mirror.close();
  }
}
