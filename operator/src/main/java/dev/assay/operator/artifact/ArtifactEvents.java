package dev.assay.operator.artifact;

import dev.assay.api.Artifact;
import dev.assay.api.Bucket;
import dev.assay.api.ScanPolicy;
import dev.assay.api.Vocabulary.Labels;
import dev.assay.operator.census.Census;
import dev.assay.operator.control.Feed;
import dev.assay.operator.signing.PublicRoot;
import dev.assay.operator.signing.PublicRootWakes;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What wakes an Artifact: its scan Job and pod, its Bucket, its ScanPolicy, the feed of its data
/// plane, and its neighbours.
final class ArtifactEvents {
  /// Not the database Jobs, which belong to ScanPolicies.
  private static final String SCANS =
      Labels.MANAGED_BY + "=" + Labels.MANAGED_BY_ASSAY + "," + Labels.COMPONENT + "=" + "scan";

  private final Neighbourhood neighbourhood;
  private final Wakes wakes = new Wakes();
  private final List<EventSource<?, Artifact>> sources;

  ArtifactEvents(
      EventSourceContext<Artifact> context, Feed feed, Census census, PublicRoot publicRoot) {
    census.lend(context.getPrimaryCache());
    var jobs = scans(Job.class, context);
    var pods = scans(Pod.class, context);
    var buckets = watched(Bucket.class, context, this::inBucket, ArtifactEvents::matters);
    var policies = watched(ScanPolicy.class, context, this::under, ArtifactEvents::matters);
    index(context, jobs, pods);
    neighbourhood =
        new Neighbourhood(census, context.getPrimaryCache(), buckets, policies, jobs, pods);
    var roots =
        new PublicRootWakes<>(
            Artifact.class,
            publicRoot,
            context.getPrimaryCache(),
            ArtifactEvents::asksForPublicRoot);
    sources = List.of(jobs, pods, buckets, policies, feed.artifactWakes(context), wakes, roots);
  }

  private static boolean asksForPublicRoot(Artifact artifact) {
    var verify = artifact.getSpec().verify();
    return verify != null
        && !verify.matchOIDCIdentity().isEmpty()
        && verify.trustedRootSecretRef() == null;
  }

  Neighbourhood neighbourhood() {
    return neighbourhood;
  }

  Wakes wakes() {
    return wakes;
  }

  List<EventSource<?, Artifact>> sources() {
    return sources;
  }

  private static void index(
      EventSourceContext<Artifact> context,
      InformerEventSource<Job, Artifact> jobs,
      InformerEventSource<Pod, Artifact> pods) {
    context
        .getPrimaryCache()
        .addIndexers(
            Map.of(
                Neighbourhood.BY_UID,
                a -> List.of(a.getMetadata().getUid()),
                Neighbourhood.BY_KEY,
                a -> Subjects.key(a).map(key -> Neighbourhood.index(a, key)).stream().toList(),
                Neighbourhood.BY_DIGEST,
                ArtifactEvents::digest));
    jobs.addIndexers(Map.of(Neighbourhood.JOBS_BY_POLICY, Neighbourhood::jobIndex));
    pods.addIndexers(Map.of(Neighbourhood.PODS_BY_JOB, Neighbourhood::podIndex));
  }

  private static List<String> digest(Artifact artifact) {
    var digest = Subjects.status(artifact).digest();
    return digest == null ? List.of() : List.of(Neighbourhood.index(artifact, digest));
  }

  /// Only scan Jobs and their pods come into the operator's memory.
  private static <T extends HasMetadata> InformerEventSource<T, Artifact> scans(
      Class<T> type, EventSourceContext<Artifact> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(type, Artifact.class)
            .withName("artifact-" + type.getSimpleName())
            .withLabelSelector(SCANS)
            .withSecondaryToPrimaryMapper(ArtifactEvents::artifactOf)
            .build(),
        context);
  }

  private static <T extends HasMetadata> InformerEventSource<T, Artifact> watched(
      Class<T> type,
      EventSourceContext<Artifact> context,
      Function<T, Stream<Artifact>> affected,
      OnUpdateFilter<T> matters) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(type, Artifact.class)
            .withName("artifact-" + type.getSimpleName())
            .withSecondaryToPrimaryMapper(changed ->
                affected.apply(changed).map(ResourceID::fromResource).collect(Collectors.toSet()))
            .withOnUpdateFilter(matters)
            .build(),
        context);
  }

  private static Set<ResourceID> artifactOf(HasMetadata object) {
    var labels = object.getMetadata().getLabels();
    var name = labels == null ? null : labels.get(Labels.ARTIFACT);
    return name == null
        ? Set.of()
        : Set.of(new ResourceID(name, object.getMetadata().getNamespace()));
  }

  private Stream<Artifact> inBucket(Bucket bucket) {
    return neighbourhood.in(bucket).stream();
  }

  private Stream<Artifact> under(ScanPolicy policy) {
    return neighbourhood.affectedBy(policy);
  }

  /// Numbers in a Bucket's status move all the time; they wake nobody.
  static boolean matters(Bucket now, Bucket was) {
    return !Objects.equals(now.getMetadata().getGeneration(), was.getMetadata().getGeneration())
        || BucketReading.isReady(now.getStatus()) != BucketReading.isReady(was.getStatus())
        || !endpoints(now).equals(endpoints(was));
  }

  private static String endpoints(Bucket bucket) {
    return bucket.getStatus() == null ? "" : String.valueOf(bucket.getStatus().endpoints());
  }

  /// So do a policy's counts.
  static boolean matters(ScanPolicy now, ScanPolicy was) {
    return !Objects.equals(now.getMetadata().getGeneration(), was.getMetadata().getGeneration())
        || !PolicyReading.occasions(now).equals(PolicyReading.occasions(was));
  }
}
