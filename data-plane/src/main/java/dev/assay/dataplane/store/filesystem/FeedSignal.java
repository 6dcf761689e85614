package dev.assay.dataplane.store.filesystem;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Wakes those who wait for news. Read {@link #count} before looking, then wait beyond it: nothing
/// that happens in between is missed.
final class FeedSignal {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition raised = lock.newCondition();
  private long count;
  private boolean closed;

  long count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  void raise() {
    lock.lock();
    try {
      count++;
      raised.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// @return what is left of `wait`; zero when the time is over or the store closes
  Duration awaitBeyond(long seen, Duration wait) throws InterruptedException {
    lock.lock();
    try {
      var nanos = wait.toNanos();
      while (count == seen && !closed && nanos > 0) {
        nanos = raised.awaitNanos(nanos);
      }
      return closed ? Duration.ZERO : Duration.ofNanos(Math.max(0, nanos));
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      raised.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
