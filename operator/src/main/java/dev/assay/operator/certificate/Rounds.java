package dev.assay.operator.certificate;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs one thing again and again in a thread of its own: when it is woken, and after the time that
/// it asked for itself.
final class Rounds implements AutoCloseable {
  /// Between two rounds: who writes against us costs the API server a write a second at most.
  static final Duration PACE = Duration.ofSeconds(1);

  private final Supplier<Duration> round;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, Thread.ofVirtual().name("certificates").factory());
  private @Nullable Future<?> awaited;
  private long notBefore = System.nanoTime();

  /// @param round returns the time until the next one, unless something wakes it earlier
  Rounds(Supplier<Duration> round) {
    this.round = round;
    thread.setRemoveOnCancelPolicy(true);
  }

  synchronized void wake() {
    after(Duration.ofNanos(notBefore - System.nanoTime()));
  }

  /// A round that runs is interrupted and not awaited.
  @Override
  public synchronized void close() {
    thread.shutdownNow();
  }

  private void run() {
    begin();
    end(round.get());
  }

  private synchronized void begin() {
    awaited = null;
    notBefore = System.nanoTime() + PACE.toNanos();
  }

  private synchronized void end(Duration delay) {
    if (awaited == null) { // else it was woken meanwhile
      after(delay.compareTo(PACE) < 0 ? PACE : delay);
    }
  }

  private void after(Duration delay) {
    if (thread.isShutdown()) {
      return;
    }
    if (awaited != null) {
      awaited.cancel(false);
    }
    awaited = thread.schedule(this::run, delay.toMillis(), TimeUnit.MILLISECONDS);
  }
}
