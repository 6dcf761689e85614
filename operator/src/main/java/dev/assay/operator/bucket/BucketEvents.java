package dev.assay.operator.bucket;

import dev.assay.api.Artifact;
import dev.assay.api.Bucket;
import dev.assay.api.Condition;
import dev.assay.api.Vocabulary.Labels;
import dev.assay.operator.census.Census;
import dev.assay.operator.control.Feed;
import dev.assay.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What wakes a Bucket: its own objects, its Artifacts, and the feed of its data plane.
final class BucketEvents {
  /// Only data planes' objects come into the operator's memory.
  private static final String OURS =
      Labels.MANAGED_BY
          + "="
          + Labels.MANAGED_BY_ASSAY
          + ","
          + Labels.NAME
          + "="
          + BucketNames.DATA_PLANE;

  private static final List<Class<? extends HasMetadata>> OBJECTS =
      List.of(
          PersistentVolumeClaim.class,
          ConfigMap.class,
          NetworkPolicy.class,
          Service.class,
          Deployment.class,
          Pod.class);

  private BucketEvents() {}

  static List<EventSource<?, Bucket>> sources(
      EventSourceContext<Bucket> context, Feed feed, Census census) {
    var sources = new ArrayList<EventSource<?, Bucket>>();
    OBJECTS.forEach(type -> sources.add(informer(type, context)));
    sources.add(census.wakes("bucket-Artifact", BucketEvents::bucketOf));
    sources.add(feed.bucketWakes());
    return sources;
  }

  private static <T extends HasMetadata> InformerEventSource<T, Bucket> informer(
      Class<T> type, EventSourceContext<Bucket> context) {
    var configuration =
        InformerEventSourceConfiguration.from(type, Bucket.class)
            .withName("bucket-" + type.getSimpleName())
            .withLabelSelector(OURS)
            .withSecondaryToPrimaryMapper(BucketEvents::bucketOf)
            .build();
    return new InformerEventSource<>(configuration, context);
  }

  /// By label rather than ownerReference: the claim has none, and pods have another.
  private static Set<ResourceID> bucketOf(HasMetadata object) {
    var labels = object.getMetadata().getLabels();
    var name = labels == null ? null : labels.get(Labels.BUCKET);
    return name == null
        ? Set.of()
        : Set.of(new ResourceID(name, object.getMetadata().getNamespace()));
  }

  private static Set<ResourceID> bucketOf(Artifact artifact) {
    return Set.of(
        new ResourceID(
            artifact.getSpec().bucketRef().name(), artifact.getMetadata().getNamespace()));
  }

  static boolean holds(Artifact artifact, String condition) {
    var status = artifact.getStatus();
    List<Condition> conditions = status == null ? List.of() : status.conditions();
    return Conditions.holds(conditions, condition);
  }
}
