package dev.assay.operator.images;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Hints on their way to whoever acts on them: the leader. Other replicas take them and do nothing,
/// so that the webhook need not know who leads.
@ApplicationScoped
public class Hints {
  /// Some seconds of a busy webhook. What finds no room is sent again, since its Pod is.
  private static final int MOST = 256;

  private final BlockingQueue<Hint> queue = new ArrayBlockingQueue<>(MOST);
  private volatile @Nullable Thread follower;

  /// @return whether there was room
  boolean offer(Hint hint) {
    return follower == null || queue.offer(hint);
  }

  synchronized void follow(Consumer<Hint> act) {
    stop();
    follower = Thread.ofVirtual().name("image-hints").start(() -> take(act));
  }

  synchronized void stop() {
    var running = follower;
    if (running != null) {
      follower = null;
      running.interrupt();
      queue.clear();
    }
  }

  private void take(Consumer<Hint> act) {
    try {
      while (true) {
        act.accept(queue.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // stopped
    }
  }
}
