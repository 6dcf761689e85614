package dev.assay.operator.control;

import dev.assay.api.Artifact;
import dev.assay.api.Bucket;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.util.Set;
import java.util.function.Consumer;

/// Wakes the Bucket for everything that happens in it; the reconciler limits how often it writes.
final class BucketWakes extends AbstractEventSource<Artifact, Bucket> implements Consumer<Wake> {
  private final Feed feed;

  BucketWakes(Feed feed) {
    super(Artifact.class, "bucket-feed");
    this.feed = feed;
  }

  @Override
  public synchronized void start() {
    super.start();
    feed.subscribe(this);
  }

  @Override
  public synchronized void stop() {
    super.stop();
    feed.unsubscribe(this);
  }

  @Override
  public void accept(Wake wake) {
    getEventHandler().handleEvent(new Event(wake.bucket()));
  }

  @Override
  public Set<Artifact> getSecondaryResources(Bucket primary) {
    return Set.of();
  }
}
