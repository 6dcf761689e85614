package dev.assay.operator.scanpolicy;

import dev.assay.api.ScanPolicy;
import dev.assay.api.Vocabulary.Annotations;
import dev.assay.api.Vocabulary.Labels;
import dev.assay.api.scanpolicy.ScanPolicySpec;
import dev.assay.operator.census.Census;
import dev.assay.operator.images.ImageWatch;
import dev.assay.operator.scan.DatabaseOutcome;
import dev.assay.operator.scan.EngineImage;
import dev.assay.operator.scan.ScanInputs;
import dev.assay.wire.scan.DatabaseSummary;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Reads the informers' caches, and the Secrets that signatures are checked with.
///
/// @param images which image a policy runs
record PolicyObserver(
    PolicyEvents caches,
    Census census,
    Verifiers verifiers,
    ImageWatch watch,
    Function<ScanPolicySpec, EngineImage> images) {
  /// Label that the Job controller puts on a Job's pods.
  private static final String JOB_NAME = "batch.kubernetes.io/job-name";

  /// @param sharing who shares the database; empty when no image may run
  Observed observe(
      ScanPolicy policy, Optional<Sharing> sharing, Optional<Instant> countsWrittenAt) {
    var namespace = policy.getMetadata().getNamespace();
    var resolved = verifiers.of(policy);
    return new Observed(
        policy,
        images.apply(policy.getSpec()),
        sharing.map(s ->
            new Observed.Database(
                runs(namespace, s.key()), s.isKeptBy(policy), s.keeper().isPresent())),
        resolved,
        Tally.of(
            policy.getMetadata().getName(),
            census.in(namespace).toList(),
            caches.buckets().list(namespace, b -> true).toList()),
        watch.observe(policy, VerifierSight.resolved(resolved)),
        countsWrittenAt);
  }

  Optional<Sharing> sharing(ScanPolicy policy, List<ScanPolicy> all) {
    return switch (images.apply(policy.getSpec())) {
      case EngineImage.Refused(var message) -> Optional.empty();
      case EngineImage.Allowed(var image) ->
          Optional.of(Sharing.of(policy, ScanInputs.of(policy.getSpec(), image), all, images));
    };
  }

  private List<DatabaseRun> runs(String namespace, String databaseKey) {
    return caches
        .jobs()
        .list(namespace, job -> databaseKey.equals(labels(job).get(Labels.DATABASE)))
        .filter(job -> job.getMetadata().getDeletionTimestamp() == null)
        .flatMap(job -> run(job).stream())
        .toList();
  }

  private Optional<DatabaseRun> run(Job job) {
    var name = job.getMetadata().getName();
    var recorded = recorded(job);
    return DatabaseRun.of(
        name, recorded.flatMap(at -> ended(job, at)).orElseGet(() -> read(job)), recorded);
  }

  private DatabaseOutcome read(Job job) {
    var of = job.getMetadata();
    List<Pod> pods =
        caches
            .pods()
            .list(of.getNamespace(), pod -> of.getName().equals(labels(pod).get(JOB_NAME)))
            .toList();
    return DatabaseOutcome.of(job, pods);
  }

  // What is noted on the Job outlives its pod.
  private static Optional<DatabaseOutcome> ended(Job job, Instant updatedAt) {
    return Optional.ofNullable(job.getStatus())
        .map(status -> status.getCompletionTime())
        .map(at ->
            new DatabaseOutcome.Succeeded(
                new DatabaseSummary(1, updatedAt, null), Instant.parse(at)));
  }

  private static Optional<Instant> recorded(Job job) {
    return Optional.ofNullable(job.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(Annotations.DATABASE_UPDATED_AT))
        .map(Instant::parse);
  }

  private static Map<String, String> labels(HasMetadata object) {
    var labels = object.getMetadata().getLabels();
    return labels == null ? Map.of() : labels;
  }
}
