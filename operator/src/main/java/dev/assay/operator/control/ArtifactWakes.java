package dev.assay.operator.control;

import dev.assay.api.Artifact;
import dev.assay.api.Bucket;
import dev.assay.operator.signing.BundleKeys;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Wakes exactly the Artifacts that a change is about, found in the informer's cache by index.
final class ArtifactWakes extends AbstractEventSource<Bucket, Artifact> implements Consumer<Wake> {
  private static final String BY_UID = "assay-feed-uid";
  private static final String BY_KEY = "assay-feed-key";
  private static final String BY_BUCKET = "assay-feed-bucket";

  private final Feed feed;
  private final IndexerResourceCache<Artifact> artifacts;

  ArtifactWakes(Feed feed, EventSourceContext<Artifact> context) {
    super(Bucket.class, "artifact-feed");
    this.feed = feed;
    this.artifacts = context.getPrimaryCache();
    artifacts.addIndexers(
        Map.of(
            BY_UID, a -> List.of(a.getMetadata().getUid()),
            BY_KEY, a -> keys(a).map(key -> keyIndex(bucketOf(a), key)).toList(),
            BY_BUCKET, a -> List.of(bucketOf(a).toString())));
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
    whom(wake)
        .map(ResourceID::fromResource)
        .distinct()
        .forEach(id -> getEventHandler().handleEvent(new Event(id)));
  }

  private Stream<Artifact> whom(Wake wake) {
    return switch (wake) {
      case Wake.Changed(var bucket, var key, var session) ->
          Stream.concat(
              session.isEmpty()
                  ? Stream.empty()
                  : of(bucket, artifacts.byIndex(BY_UID, Sessions.artifactUid(session)).stream()),
              artifacts.byIndex(BY_KEY, keyIndex(bucket, key)).stream());
      case Wake.Listed(var bucket, var versions) ->
          Repair.missed(versions, artifacts.byIndex(BY_BUCKET, bucket.toString())).stream();
      case Wake.Recovered(var bucket) ->
          artifacts.byIndex(BY_BUCKET, bucket.toString()).stream().filter(Repair::isUnfinished);
      case Wake.Lost _ -> Stream.empty();
    };
  }

  /// A session's id is chosen by the operator, but what the data plane says is not taken on trust:
  /// it wakes Artifacts of its own Bucket only.
  private static Stream<Artifact> of(ResourceID bucket, Stream<Artifact> found) {
    return found.filter(a -> bucketOf(a).equals(bucket));
  }

  private static ResourceID bucketOf(Artifact artifact) {
    return new ResourceID(
        artifact.getSpec().bucketRef().name(), artifact.getMetadata().getNamespace());
  }

  private static Stream<String> keys(Artifact artifact) {
    var status = artifact.getStatus();
    var location = status == null ? null : status.location();
    return Stream.of(
            Stream.ofNullable(artifact.getSpec().key()),
            location == null ? Stream.<String>empty() : Stream.of(location.key()),
            BundleKeys.of(artifact).stream()) // a signature that arrives is awaited too
        .flatMap(keys -> keys)
        .distinct();
  }

  private static String keyIndex(ResourceID bucket, String key) {
    return bucket + " " + key;
  }

  @Override
  public Set<Bucket> getSecondaryResources(Artifact primary) {
    return Set.of();
  }
}
