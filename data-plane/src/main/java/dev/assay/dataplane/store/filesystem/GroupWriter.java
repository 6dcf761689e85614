package dev.assay.dataplane.store.filesystem;

import dev.assay.dataplane.store.DiskFullException;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;

/// The one thread that changes the index. It takes all changes that wait, makes the renames of
/// their blobs durable by one sync of the directory, and commits them as one transaction: the more
/// that wait, the cheaper each.
final class GroupWriter implements Closeable {
  /// Bounds the time that the first of a group waits for the last.
  private static final int MAX_GROUP = 256;

  private final Sql sql;
  private final Root root;
  private final Clock clock;
  private final Runnable committed;
  private final LinkedBlockingQueue<Job<?>> queue = new LinkedBlockingQueue<>();
  private final Job<Boolean> stop = new Job<>(false, tx -> true, new CompletableFuture<>());
  private volatile boolean closed;

  /// @param publishes whether blobs were renamed for it
  private record Job<R>(boolean publishes, Tx.Work<R> work, CompletableFuture<R> answer) {}

  /// A change that stands in the open transaction.
  private record Ready(CompletableFuture<?> answer, List<Runnable> effects, Runnable complete) {}

  GroupWriter(Sql sql, Root root, Clock clock, Runnable committed) {
    this.sql = sql;
    this.root = root;
    this.clock = clock;
    this.committed = committed;
    Thread.ofPlatform().name("store-writer").daemon().start(this::loop);
  }

  /// Makes a change and waits until it is durable.
  <R> R write(boolean publishes, Tx.Work<R> work) throws IOException {
    try {
      return post(publishes, work).join();
    } catch (CompletionException e) {
      throw rethrown(e.getCause() == null ? e : e.getCause());
    }
  }

  /// Makes a change soon, without waiting.
  <R> CompletableFuture<R> post(boolean publishes, Tx.Work<R> work) throws IOException {
    if (closed) {
      throw new IOException("the store is closed");
    }
    var job = new Job<>(publishes, work, new CompletableFuture<R>());
    queue.add(job);
    if (closed && queue.remove(job)) {
      throw new IOException("the store is closed");
    }
    return job.answer();
  }

  private static IOException rethrown(Throwable cause) {
    return switch (cause) {
      // A new exception carries this caller's stack; the writer's stands below it.
      case DiskFullException e -> new DiskFullException(String.valueOf(e.getMessage()), e);
      case IOException e -> new IOException(e.getMessage(), e);
      case RuntimeException e -> throw e;
      default -> throw new IllegalStateException(cause);
    };
  }

  private void loop() {
    var stopping = false;
    while (!stopping) {
      var group = new ArrayList<Job<?>>();
      try {
        group.add(queue.take());
      } catch (InterruptedException e) {
        continue; // only close() ends this thread
      }
      queue.drainTo(group, MAX_GROUP - 1);
      stopping = group.remove(stop);
      commit(group);
    }
    stop.answer().complete(true);
  }

  private void commit(List<Job<?>> group) {
    var ready = new ArrayList<Ready>();
    try {
      if (group.stream().anyMatch(Job::publishes)) {
        root.syncBlobs();
      }
      sql.update("BEGIN IMMEDIATE");
      for (var job : group) {
        stage(job, ready);
      }
      sql.update("COMMIT");
    } catch (IOException e) {
      rollBack(e);
      group.forEach(job -> job.answer().completeExceptionally(e));
      return;
    }
    for (var done : ready) {
      done.effects().forEach(Runnable::run);
    }
    committed.run();
    ready.forEach(done -> done.complete().run());
  }

  private <R> void stage(Job<R> job, List<Ready> ready) throws IOException {
    var tx = new Tx(sql, clock.instant());
    sql.update("SAVEPOINT change");
    try {
      var result = job.work().run(tx);
      ready.add(new Ready(job.answer(), tx.effects(), () -> job.answer().complete(result)));
      sql.update("RELEASE change");
    } catch (IOException | RuntimeException e) {
      // This is the writer's shell: one bad change must not take its group, or the thread, along.
      undo(e);
      job.answer().completeExceptionally(e);
    }
  }

  /// Takes one change out of the transaction; fails for the whole group when SQLite has rolled
  /// everything back by itself, as it does on a full disk.
  private void undo(Exception cause) throws IOException {
    try {
      sql.update("ROLLBACK TO change");
      sql.update("RELEASE change");
    } catch (IOException e) {
      if (cause instanceof IOException first) {
        first.addSuppressed(e);
        throw first;
      }
      throw e;
    }
  }

  private void rollBack(IOException cause) {
    try {
      sql.run("ROLLBACK");
    } catch (IOException e) {
      cause.addSuppressed(e); // no transaction was open, or SQLite has rolled it back itself
    }
  }

  /// Makes the changes that wait, then ends the thread.
  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      queue.add(stop);
      stop.answer().join();
      for (var late = queue.poll(); late != null; late = queue.poll()) {
        late.answer().completeExceptionally(new IOException("the store is closed"));
      }
      sql.close();
    }
  }
}
