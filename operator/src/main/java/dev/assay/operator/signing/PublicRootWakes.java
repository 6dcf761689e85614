package dev.assay.operator.signing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import java.util.Set;
import java.util.function.Predicate;

/// Wakes those who ask for the public Sigstore's trust root when it is another, and when the reason
/// is why there is none.
public final class PublicRootWakes<P extends HasMetadata> extends AbstractEventSource<P, P> {
  private final PublicRoot root;
  private final Cache<P> all;
  private final Predicate<P> asks;
  private final Runnable changed = this::wake;

  /// @param all the controller's own cache
  public PublicRootWakes(Class<P> type, PublicRoot root, Cache<P> all, Predicate<P> asks) {
    super(type, type.getSimpleName() + "-public-root");
    this.root = root;
    this.all = all;
    this.asks = asks;
  }

  @Override
  public synchronized void start() {
    super.start();
    root.subscribe(changed);
  }

  @Override
  public synchronized void stop() {
    super.stop();
    root.unsubscribe(changed);
  }

  private void wake() {
    all.list(asks)
        .map(ResourceID::fromResource)
        .forEach(id -> getEventHandler().handleEvent(new Event(id)));
  }

  @Override
  public Set<P> getSecondaryResources(P primary) {
    return Set.of();
  }
}
