package dev.assay.dataplane.store.filesystem;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The threads that digest, apart from those that receive and write: SHA-256 alone fills a core.
final class Hashing implements AutoCloseable {
  private static final int READ_BYTES = 256 << 10;

  private final ExecutorService digesting =
      Executors.newFixedThreadPool(
          Math.max(2, Runtime.getRuntime().availableProcessors()),
          Thread.ofPlatform().name("store-digest-", 0).daemon().factory());
  private final ExecutorService catchingUp =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("store-catch-up").daemon().factory());

  /// Digests a buffer, which must stay as it is until {@link #await}.
  List<Future<?>> start(List<MessageDigest> digests, byte[] buffer, int length) {
    return digests.stream()
        .<Future<?>>map(digest -> digesting.submit(() -> digest.update(buffer, 0, length)))
        .toList();
  }

  static void await(List<Future<?>> started) throws IOException {
    for (var digesting : started) {
      try {
        digesting.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while digesting");
      } catch (ExecutionException e) {
        throw new IOException("cannot digest", e.getCause());
      }
    }
  }

  /// Runs work that reads parts again, one after the other.
  void later(Runnable work) {
    catchingUp.execute(work);
  }

  /// Takes the first `lengthBytes` bytes of a file in.
  static void read(Path file, long lengthBytes, MessageDigest into) throws IOException {
    var buffer = ByteBuffer.allocate(Math.clamp(lengthBytes, 1, READ_BYTES));
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (var left = lengthBytes; left > 0; ) {
        buffer.clear().limit((int) Math.min(left, buffer.capacity()));
        var count = channel.read(buffer);
        if (count < 0) {
          throw new IOException(
              "%s: expected %d bytes, found %d".formatted(file, lengthBytes, lengthBytes - left));
        }
        into.update(buffer.array(), 0, count);
        left -= count;
      }
    }
  }

  @Override
  public void close() {
    digesting.shutdown();
    catchingUp.shutdownNow();
  }
}
