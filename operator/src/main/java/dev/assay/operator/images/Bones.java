package dev.assay.operator.images;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Keeps of each object only what an informer needs to know it again: a namespace's Pods whole
/// would be most of the operator's memory. The object is shown once, when it is put here; so all of
/// a list has been shown before the informer says that it has synced, which is not so of handlers.
final class Bones<T extends HasMetadata> implements ItemStore<T> {
  private final Map<String, T> kept = new ConcurrentHashMap<>();
  private final Supplier<T> empty;
  private final BiConsumer<String, Optional<T>> seen;

  /// @param seen is shown each object by its key, and nothing when it is gone
  Bones(Supplier<T> empty, BiConsumer<String, Optional<T>> seen) {
    this.empty = empty;
    this.seen = seen;
  }

  @Override
  public String getKey(T object) {
    return Cache.metaNamespaceKeyFunc(object);
  }

  @Override
  public @Nullable T put(String key, T object) {
    seen.accept(key, Optional.of(object));
    var of = object.getMetadata();
    var bones = empty.get();
    bones.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(of.getNamespace())
            .withName(of.getName())
            .withUid(of.getUid())
            .withResourceVersion(of.getResourceVersion())
            .build());
    return kept.put(key, bones);
  }

  @Override
  public @Nullable T remove(String key) {
    seen.accept(key, Optional.empty());
    return kept.remove(key);
  }

  @Override
  public Stream<String> keySet() {
    return kept.keySet().stream();
  }

  @Override
  public Stream<T> values() {
    return kept.values().stream();
  }

  @Override
  public int size() {
    return kept.size();
  }

  @Override
  public @Nullable T get(String key) {
    return kept.get(key);
  }

  @Override
  public boolean isFullState() {
    return false;
  }
}
