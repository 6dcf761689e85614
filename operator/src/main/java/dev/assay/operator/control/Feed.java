package dev.assay.operator.control;

import dev.assay.api.Artifact;
import dev.assay.api.Bucket;
import dev.assay.operator.FluxDuration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// The feeds of all data planes. It only wakes reconcilers; what is true they ask the data plane.
/// Only reconcilers start a follower, and only the leader reconciles, so replicas that stand by
/// follow nothing.
@ApplicationScoped
public class Feed {
  /// Between two full listings where `spec.interval` says nothing.
  private static final Duration INTERVAL = Duration.ofHours(1);

  private record Following(Duration interval, Thread thread) {}

  private final DataPlanes dataPlanes;
  private final Clock clock;
  private final Map<String, Following> followings = new ConcurrentHashMap<>();
  private final List<Consumer<Wake>> listeners = new CopyOnWriteArrayList<>();

  public Feed(DataPlanes dataPlanes, Clock clock) {
    this.dataPlanes = dataPlanes;
    this.clock = clock;
  }

  /// Follows a Bucket's data plane from now on; does nothing when it is followed already.
  public void follow(Bucket bucket) {
    var interval = interval(bucket);
    followings.compute(
        bucket.getMetadata().getUid(),
        (uid, was) -> {
          if (was != null && was.interval().equals(interval)) {
            return was;
          }
          if (was != null) {
            was.thread().interrupt();
          }
          return new Following(interval, start(bucket, interval));
        });
  }

  /// Stops following; the Bucket goes or its data plane was taken away.
  public void leave(String bucketUid) {
    var was = followings.remove(bucketUid);
    if (was != null) {
      was.thread().interrupt();
    }
  }

  /// Wakes Artifacts: of an upload session with the Artifact's UID as its id, or else of the key.
  public EventSource<Bucket, Artifact> artifactWakes(EventSourceContext<Artifact> context) {
    return new ArtifactWakes(this, context);
  }

  /// Wakes Buckets when what they hold or whether they answer has changed.
  public EventSource<Artifact, Bucket> bucketWakes() {
    return new BucketWakes(this);
  }

  void subscribe(Consumer<Wake> listener) {
    listeners.add(listener);
  }

  /// Without a listener there is nobody to wake, so every follower ends.
  void unsubscribe(Consumer<Wake> listener) {
    listeners.remove(listener);
    if (listeners.isEmpty()) {
      stop();
    }
  }

  @PreDestroy
  void stop() {
    List.copyOf(followings.keySet()).forEach(this::leave);
  }

  private Thread start(Bucket bucket, Duration interval) {
    var id = ResourceID.fromResource(bucket);
    var follower =
        new Follower(id, () -> dataPlanes.of(bucket), interval, clock, this::tellListeners);
    return Thread.ofVirtual().name("feed " + id).start(follower);
  }

  private void tellListeners(Wake wake) {
    listeners.forEach(listener -> listener.accept(wake));
  }

  private static Duration interval(Bucket bucket) {
    var text = bucket.getSpec().interval();
    return text == null ? INTERVAL : FluxDuration.parse(text);
  }
}
