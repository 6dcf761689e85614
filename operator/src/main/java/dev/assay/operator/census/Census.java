package dev.assay.operator.census;

import dev.assay.api.Artifact;
import dev.assay.api.Condition;
import dev.assay.api.artifact.Scan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The Artifact controller's cache, lent to the controllers that count Artifacts. An informer of
/// their own would hold and parse every Artifact once more for each of them: with 2,000 that was
/// most of the operator's CPU (docs/benchmarks.md).
@ApplicationScoped
public class Census {
  private static final String BY_BUCKET = "census-bucket";

  /// What others count by.
  private record Facts(List<Condition> conditions, @Nullable Scan scan) {}

  private final Map<ResourceID, Facts> known = new ConcurrentHashMap<>();
  private final List<Consumer<Artifact>> listeners = new CopyOnWriteArrayList<>();
  private final Consumer<Artifact> seen = this::seen;
  private volatile @Nullable IndexerResourceCache<Artifact> artifacts;

  /// The Artifact controller's cache, before its informer starts.
  public void lend(IndexerResourceCache<Artifact> primary) {
    primary.addIndexers(Map.of(BY_BUCKET, artifact -> List.of(bucketOf(artifact))));
    artifacts = primary;
    ArtifactSeen.tell(seen);
  }

  public List<Artifact> in(String namespace, String bucket) {
    var cache = artifacts;
    return cache == null ? List.of() : cache.byIndex(BY_BUCKET, namespace + "/" + bucket);
  }

  public Stream<Artifact> in(String namespace) {
    var cache = artifacts;
    return cache == null ? Stream.of() : cache.list(namespace);
  }

  /// Wakes others when an Artifact comes or goes, or its conditions or scan change.
  public <P extends HasMetadata> EventSource<Artifact, P> wakes(
      String name, Function<Artifact, Set<ResourceID>> whom) {
    return new CensusWakes<>(this, name, whom);
  }

  void subscribe(Consumer<Artifact> listener) {
    listeners.add(listener);
    var cache = artifacts;
    if (cache != null) {
      cache.list().forEach(listener); // what came before anybody listened
    }
  }

  void unsubscribe(Consumer<Artifact> listener) {
    listeners.remove(listener);
    if (listeners.isEmpty()) {
      ArtifactSeen.tellNoMore(seen);
      known.clear();
    }
  }

  private void seen(Artifact artifact) {
    var id = ResourceID.fromResource(artifact);
    var cache = artifacts;
    var now = cache == null ? null : cache.get(id).map(Census::facts).orElse(null);
    var was = now == null ? known.remove(id) : known.put(id, now);
    if (!Objects.equals(now, was)) {
      listeners.forEach(listener -> listener.accept(artifact));
    }
  }

  private static Facts facts(Artifact artifact) {
    var status = artifact.getStatus();
    return status == null
        ? new Facts(List.of(), null)
        : new Facts(status.conditions(), status.scan());
  }

  /// `<namespace>/<bucket>`, for indexes of what lies in one Bucket.
  public static String bucketOf(Artifact artifact) {
    return artifact.getMetadata().getNamespace() + "/" + artifact.getSpec().bucketRef().name();
  }
}
