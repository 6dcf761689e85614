package dev.assay.webhook.known;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// An informer's store that keeps, of each object, only the facts that are asked for: bundles,
/// conditions and managed fields of ten thousand Artifacts would be most of the process.
///
/// @param <T> the objects
/// @param <F> what is kept of one
final class FactStore<T extends HasMetadata, F> implements ItemStore<T> {
  private record Kept<T, F>(T husk, F facts) {}

  private final Map<String, Kept<T, F>> kept = new ConcurrentHashMap<>();
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long changes;
  private final Supplier<T> empty;
  private final Function<T, F> facts;

  FactStore(Supplier<T> empty, Function<T, F> facts) {
    this.empty = empty;
    this.facts = facts;
  }

  Optional<F> facts(String namespace, String name) {
    return Optional.ofNullable(kept.get(key(namespace, name))).map(Kept::facts);
  }

  Stream<F> all() {
    return kept.values().stream().map(Kept::facts);
  }

  /// How often something was put or removed.
  long changes() {
    lock.lock();
    try {
      return changes;
    } finally {
      lock.unlock();
    }
  }

  /// @return whether [#changes()] is another number than `seen`, before the time was over
  boolean awaitChange(long seen, Duration atMost) throws InterruptedException {
    var left = atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (changes == seen && left > 0) {
        left = changed.awaitNanos(left);
      }
      return changes != seen;
    } finally {
      lock.unlock();
    }
  }

  private void tell() {
    lock.lock();
    try {
      changes++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String getKey(T object) {
    return key(object.getMetadata().getNamespace(), object.getMetadata().getName());
  }

  @Override
  @SuppressWarnings(
      "NullAway") // the interface says nothing of null; a first put has no former object
  public T put(String key, T object) {
    var was = kept.put(key, new Kept<>(husk(object), facts.apply(object)));
    tell();
    return was == null ? null : was.husk();
  }

  @Override
  @SuppressWarnings("NullAway") // as above
  public T remove(String key) {
    var was = kept.remove(key);
    tell();
    return was == null ? null : was.husk();
  }

  @Override
  @SuppressWarnings("NullAway") // as above
  public T get(String key) {
    var found = kept.get(key);
    return found == null ? null : found.husk();
  }

  @Override
  public Stream<String> keySet() {
    return kept.keySet().stream();
  }

  @Override
  public Stream<T> values() {
    return kept.values().stream().map(Kept::husk);
  }

  @Override
  public int size() {
    return kept.size();
  }

  @Override
  public boolean isFullState() {
    return false;
  }

  // What the informer itself compares.
  private T husk(T object) {
    var husk = empty.get();
    var of = object.getMetadata();
    husk.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(of.getNamespace())
            .withName(of.getName())
            .withUid(of.getUid())
            .withResourceVersion(of.getResourceVersion())
            .build());
    return husk;
  }

  private static String key(String namespace, String name) {
    return namespace + "/" + name;
  }
}
