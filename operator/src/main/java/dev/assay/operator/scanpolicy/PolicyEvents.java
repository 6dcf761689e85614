package dev.assay.operator.scanpolicy;

import dev.assay.api.Artifact;
import dev.assay.api.Bucket;
import dev.assay.api.ScanPolicy;
import dev.assay.api.Vocabulary.Labels;
import dev.assay.api.scanpolicy.VerifyRule;
import dev.assay.operator.census.Census;
import dev.assay.operator.images.ImageWakes;
import dev.assay.operator.images.ImageWatch;
import dev.assay.operator.scan.DatabaseJob;
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
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// What wakes ScanPolicies, and the caches that they are judged from. Each of these concerns all
/// policies of its namespace: which one an Artifact is under, and which ones share a database, is
/// decided where it is looked at.
record PolicyEvents(
    InformerEventSource<Job, ScanPolicy> jobs,
    InformerEventSource<Pod, ScanPolicy> pods,
    EventSource<Artifact, ScanPolicy> artifacts,
    InformerEventSource<Bucket, ScanPolicy> buckets,
    ImageWakes images,
    PublicRootWakes<ScanPolicy> publicRoot) {
  private static final String DATABASE_JOBS =
      Labels.MANAGED_BY
          + "="
          + Labels.MANAGED_BY_ASSAY
          + ","
          + Labels.COMPONENT
          + "="
          + DatabaseJob.COMPONENT;

  static PolicyEvents of(
      EventSourceContext<ScanPolicy> context,
      Census census,
      ImageWatch watch,
      PublicRoot publicRoot) {
    return new PolicyEvents(
        source(Job.class, DATABASE_JOBS, (now, was) -> true, context),
        source(Pod.class, DATABASE_JOBS, (now, was) -> true, context),
        census.wakes("scanpolicy-Artifact", artifact -> policiesBeside(artifact, context)),
        source(Bucket.class, null, PolicyEvents::hasAnotherDefault, context),
        new ImageWakes(watch, context.getPrimaryCache()),
        new PublicRootWakes<>(
            ScanPolicy.class,
            publicRoot,
            context.getPrimaryCache(),
            PolicyEvents::asksForPublicRoot));
  }

  List<EventSource<?, ScanPolicy>> all() {
    return List.of(jobs, pods, artifacts, buckets, images, publicRoot);
  }

  private static boolean asksForPublicRoot(ScanPolicy policy) {
    return policy.getSpec().verify().stream()
        .map(VerifyRule::keyless)
        .anyMatch(keyless -> keyless != null && keyless.trustedRootSecretRef() == null);
  }

  private static <T extends HasMetadata> InformerEventSource<T, ScanPolicy> source(
      Class<T> type,
      @org.jspecify.annotations.Nullable String selector,
      OnUpdateFilter<T> matters,
      EventSourceContext<ScanPolicy> context) {
    var configuration =
        InformerEventSourceConfiguration.from(type, ScanPolicy.class)
            .withName("scanpolicy-" + type.getSimpleName())
            .withLabelSelector(selector)
            .withOnUpdateFilter(matters)
            .withSecondaryToPrimaryMapper(object -> policiesBeside(object, context))
            .build();
    return new InformerEventSource<>(configuration, context);
  }

  private static Set<ResourceID> policiesBeside(
      HasMetadata object, EventSourceContext<ScanPolicy> context) {
    return context
        .getPrimaryCache()
        .list(object.getMetadata().getNamespace())
        .map(ResourceID::fromResource)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean hasAnotherDefault(Bucket now, Bucket was) {
    return !Objects.equals(
        now.getSpec().defaultScanPolicyRef(), was.getSpec().defaultScanPolicyRef());
  }
}
