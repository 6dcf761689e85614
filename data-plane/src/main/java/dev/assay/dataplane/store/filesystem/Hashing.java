package dev.assay.dataplane.store.filesystem;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The threads that digest and write, apart from those that receive: SHA-256 alone fills a core,
/// and a write waits for the disk.
final class Hashing implements AutoCloseable {
  private static final int READ_BYTES = 256 << 10;

  /// As many as keep a disk busy.
  private static final int WRITERS = 4;

  private final ExecutorService digesting =
      Executors.newFixedThreadPool(
          Math.max(2, Runtime.getRuntime().availableProcessors()),
          Thread.ofPlatform().name("store-digest-", 0).daemon().factory());
  private final ExecutorService writing =
      Executors.newFixedThreadPool(
          WRITERS, Thread.ofPlatform().name("store-write-", 0).daemon().factory());
  private final ExecutorService catchingUp =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("store-catch-up").daemon().factory());

  /// Digests what remains in a buffer and appends it to a file; nobody may touch the bytes until
  /// {@link #await}.
  List<Future<?>> start(List<MessageDigest> digests, ByteBuffer buffer, BlobFile file) {
    var started = new ArrayList<Future<?>>();
    var toWrite = buffer.duplicate();
    started.add(
        writing.submit(() -> {
          file.append(toWrite);
          return null;
        }));
    for (var digest : digests) {
      var toDigest = buffer.duplicate();
      started.add(digesting.submit(() -> digest.update(toDigest)));
    }
    return started;
  }

  /// @throws IOException when the write failed
  static void await(List<Future<?>> started) throws IOException {
    for (var work : started) {
      try {
        work.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while digesting and writing");
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException failed
            ? failed
            : new IOException("cannot digest or write", e.getCause());
      }
    }
  }

  /// Waits until nothing touches the bytes any more, whatever came of it.
  static void settle(List<Future<?>> started) {
    var interrupted = false;
    for (var work : started) {
      while (!work.isDone()) {
        try {
          work.get();
        } catch (InterruptedException e) {
          interrupted = true; // a buffer given back too early would end up in another's object
        } catch (ExecutionException e) {
          break;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
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
    writing.shutdown();
    catchingUp.shutdownNow();
  }
}
