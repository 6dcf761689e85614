package dev.assay.dataplane.http;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A request's body, filled by the event loop and read by the handler's thread. At most a few
/// network buffers wait in between: the connection is not read while enough lies here.
final class Body extends InputStream {
  /// A few network reads: the loop fills some while the handler hashes others.
  private static final int ENOUGH_BYTES = 384 * 1024;

  /// A handler that waits is woken for so many: on two cores a third of the cost of a fast body was
  /// waking it for each network read.
  private static final int BATCH_BYTES = ENOUGH_BYTES / 2;

  /// Or after so long, for the slow ones.
  private static final long BATCH_WAIT_MILLIS = 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final ArrayDeque<ByteBuf> chunks = new ArrayDeque<>();
  private final Runnable wanted;
  private final ScheduledExecutorService loop;
  private final Duration idle;
  private final int minBytesPerSecond;

  private long queuedBytes;
  private long receivedBytes;
  private long waitedNanos;
  private boolean ended;
  private boolean opened;
  private boolean wakeDue;
  private @Nullable IOException failure;

  /// @param wanted called, on the reader's thread, when more should be read from the connection
  /// @param loop the connection's
  Body(Runnable wanted, ScheduledExecutorService loop, Limits limits) {
    this.wanted = wanted;
    this.loop = loop;
    this.idle = limits.bodyIdle();
    this.minBytesPerSecond = limits.minBytesPerSecond();
  }

  /// Takes the buffer over.
  void offer(ByteBuf chunk) {
    lock.lock();
    try {
      if (failure != null || !chunk.isReadable()) {
        chunk.release();
        return;
      }
      chunks.add(chunk);
      queuedBytes += chunk.readableBytes();
      receivedBytes += chunk.readableBytes();
      if (queuedBytes >= BATCH_BYTES) {
        news.signalAll();
      } else if (!wakeDue) {
        wakeDue = true;
        var _ = loop.schedule(this::wake, BATCH_WAIT_MILLIS, TimeUnit.MILLISECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    lock.lock();
    try {
      wakeDue = false;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void end() {
    lock.lock();
    try {
      ended = true;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Ends the body for its reader, unless it was whole already.
  void fail(IOException cause) {
    lock.lock();
    try {
      if (!ended && failure == null) {
        failure = cause;
        release();
        news.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Lets go of what nobody will read.
  void discard() {
    lock.lock();
    try {
      if (failure == null) {
        failure = new ClientGoneException("the body was given up");
      }
      release();
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void release() {
    chunks.forEach(ByteBuf::release);
    chunks.clear();
    queuedBytes = 0;
  }

  boolean wantsMore() {
    lock.lock();
    try {
      return opened && !ended && failure == null && queuedBytes < ENOUGH_BYTES;
    } finally {
      lock.unlock();
    }
  }

  long receivedBytes() {
    lock.lock();
    try {
      return receivedBytes;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    var n = read(one, 0, 1);
    return n < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int taken;
    boolean low;
    lock.lock();
    try {
      var chunk = chunks.peek();
      if (chunk == null) {
        chunk = await();
      }
      if (chunk == null) {
        return -1;
      }
      taken = Math.min(length, chunk.readableBytes());
      chunk.readBytes(buffer, offset, taken);
      if (!chunk.isReadable()) {
        chunks.remove().release();
      }
      var before = queuedBytes;
      queuedBytes -= taken;
      low = !ended && before >= ENOUGH_BYTES / 2 && queuedBytes < ENOUGH_BYTES / 2;
    } finally {
      lock.unlock();
    }
    if (low) {
      wanted.run();
    }
    return taken;
  }

  /// The next chunk, or null at the end; called with the lock held.
  private @Nullable ByteBuf await() throws IOException {
    var left = idle.toNanos();
    while (chunks.isEmpty() && !ended && failure == null) {
      opened = true;
      wanted.run();
      if (left <= 0 || tooSlow()) {
        throw S3Error.of(
                400,
                "RequestTimeout",
                "Your socket connection to the server was not read from or written to within the"
                    + " timeout period. Idle connections will be closed.")
            .exception();
      }
      try {
        var before = left;
        left = news.awaitNanos(left);
        waitedNanos += before - left;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ClientGoneException("the server is stopping");
      }
    }
    if (failure != null) {
      throw failure;
    }
    return chunks.peek();
  }

  private boolean tooSlow() {
    var allowed = idle.toSeconds() + receivedBytes / minBytesPerSecond;
    return TimeUnit.NANOSECONDS.toSeconds(waitedNanos) > allowed;
  }
}
