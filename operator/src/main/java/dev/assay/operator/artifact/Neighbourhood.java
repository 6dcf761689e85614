package dev.assay.operator.artifact;

import dev.assay.api.Artifact;
import dev.assay.api.Bucket;
import dev.assay.api.ScanPolicy;
import dev.assay.api.Vocabulary.Labels;
import dev.assay.api.artifact.Scan;
import dev.assay.operator.artifact.decision.PolicySight;
import dev.assay.operator.artifact.decision.ScanRound;
import dev.assay.operator.census.Census;
import dev.assay.operator.scan.ScanOutcome;
import dev.assay.policy.scan.EffectivePolicy;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What stands around an Artifact, read from informers' caches by index: never a call.
final class Neighbourhood {
  static final String BY_KEY = "assay-key";
  static final String BY_UID = "assay-uid";
  static final String BY_DIGEST = "assay-digest";
  static final String JOBS_BY_POLICY = "assay-policy";
  static final String PODS_BY_JOB = "assay-job";

  private static final Comparator<Artifact> OLDEST_FIRST =
      Comparator.comparing((Artifact a) -> a.getMetadata().getCreationTimestamp())
          .thenComparing(a -> a.getMetadata().getUid());

  private final Census census;
  private final IndexerResourceCache<Artifact> artifacts;
  private final IndexerResourceCache<Bucket> buckets;
  private final IndexerResourceCache<ScanPolicy> policies;
  private final IndexerResourceCache<Job> jobs;
  private final IndexerResourceCache<Pod> pods;

  /// UIDs of Artifacts whose bytes are gone while caches still show them.
  private final Set<String> departed = ConcurrentHashMap.newKeySet();

  Neighbourhood(
      Census census,
      IndexerResourceCache<Artifact> artifacts,
      IndexerResourceCache<Bucket> buckets,
      IndexerResourceCache<ScanPolicy> policies,
      IndexerResourceCache<Job> jobs,
      IndexerResourceCache<Pod> pods) {
    this.census = census;
    this.artifacts = artifacts;
    this.buckets = buckets;
    this.policies = policies;
    this.jobs = jobs;
    this.pods = pods;
  }

  @Nullable Bucket bucket(Artifact artifact) {
    return buckets
        .get(
            new ResourceID(
                artifact.getSpec().bucketRef().name(), artifact.getMetadata().getNamespace()))
        .orElse(null);
  }

  Optional<ScanPolicy> policy(String namespace, String name) {
    return policies.get(new ResourceID(name, namespace));
  }

  EffectivePolicy effectivePolicy(Artifact artifact, Bucket bucket) {
    var asked = artifact.getSpec().scanPolicyRef();
    var namespace = artifact.getMetadata().getNamespace();
    return EffectivePolicy.of(
        asked == null ? Optional.empty() : Optional.of(asked.name()),
        EffectivePolicy.BucketRules.of(bucket.getMetadata().getName(), bucket.getSpec()),
        name -> policy(namespace, name).isPresent());
  }

  /// An older Artifact of the Bucket with the same effective key.
  Optional<String> keyTakenBy(Artifact artifact) {
    return Subjects.key(artifact).stream()
        .flatMap(key -> artifacts.byIndex(BY_KEY, index(artifact, key)).stream())
        .filter(other -> OLDEST_FIRST.compare(other, artifact) < 0)
        .filter(other -> !departed.contains(other.getMetadata().getUid()))
        .min(OLDEST_FIRST)
        .map(other -> other.getMetadata().getName());
  }

  /// An Artifact's bytes are gone; the API server follows in a moment.
  void depart(Artifact artifact) {
    departed.removeIf(uid -> artifacts.byIndex(BY_UID, uid).isEmpty());
    departed.add(artifact.getMetadata().getUid());
  }

  /// The other Artifacts that wait for this one's key.
  List<Artifact> sharingKey(Artifact artifact) {
    return Subjects.key(artifact).stream()
        .flatMap(key -> artifacts.byIndex(BY_KEY, index(artifact, key)).stream())
        .filter(other -> isOther(other, artifact))
        .toList();
  }

  Stream<Artifact> sharingDigest(Artifact artifact, String digest) {
    return artifacts.byIndex(BY_DIGEST, index(artifact, digest)).stream()
        .filter(other -> isOther(other, artifact));
  }

  /// The newest scan of the same bytes in the same Bucket that still answers what the policy asks.
  Optional<Scan> scanElsewhere(Artifact artifact, String digest, PolicySight.InForce policy) {
    return sharingDigest(artifact, digest)
        .map(other -> Subjects.status(other).scan())
        .filter(Objects::nonNull)
        .filter(scan -> scan.findingsRef() != null && scan.scannedAt() != null)
        .filter(scan -> !ScanRound.isDue(scan, policy))
        .max(Comparator.comparing(scan -> Objects.requireNonNull(scan.scannedAt())));
  }

  List<Artifact> byUid(String uid) {
    return artifacts.byIndex(BY_UID, uid);
  }

  Optional<Job> job(String namespace, String name) {
    return jobs.get(new ResourceID(name, namespace));
  }

  ScanOutcome outcome(Job job) {
    return ScanOutcome.of(
        job, pods.byIndex(PODS_BY_JOB, podIndex(job.getMetadata().getNamespace(), name(job))));
  }

  /// Names of a policy's Jobs that have not ended.
  List<String> running(String namespace, String policy) {
    return jobs.byIndex(JOBS_BY_POLICY, namespace + "/" + policy).stream()
        .filter(job -> outcome(job) instanceof ScanOutcome.Running)
        .map(Neighbourhood::name)
        .toList();
  }

  /// The Artifacts that a ScanPolicy judges.
  Stream<Artifact> under(String namespace, String policy) {
    return buckets
        .list(namespace)
        .flatMap(bucket -> in(bucket).stream())
        .filter(artifact -> isUnder(artifact, policy));
  }

  /// The Artifacts that a ScanPolicy would judge if it were there.
  Stream<Artifact> affectedBy(ScanPolicy policy) {
    var namespace = policy.getMetadata().getNamespace();
    return buckets
        .list(namespace)
        .flatMap(bucket -> in(bucket).stream())
        .filter(artifact -> isAskedBy(artifact, name(policy)));
  }

  List<Artifact> in(Bucket bucket) {
    return census.in(bucket.getMetadata().getNamespace(), name(bucket));
  }

  private boolean isUnder(Artifact artifact, String policy) {
    var bucket = bucket(artifact);
    return bucket != null
        && effectivePolicy(artifact, bucket) instanceof EffectivePolicy.Named(var name)
        && name.equals(policy);
  }

  // Also where the policy does not exist yet, or no longer.
  private boolean isAskedBy(Artifact artifact, String policy) {
    var asked = artifact.getSpec().scanPolicyRef();
    var bucket = bucket(artifact);
    var usual = bucket == null ? null : bucket.getSpec().defaultScanPolicyRef();
    return (asked != null && asked.name().equals(policy))
        || (asked == null && usual != null && usual.name().equals(policy));
  }

  static String index(Artifact artifact, String value) {
    return Census.bucketOf(artifact) + "/" + value;
  }

  static List<String> podIndex(Pod pod) {
    var labels = pod.getMetadata().getLabels();
    var job = labels == null ? null : labels.get("batch.kubernetes.io/job-name");
    return job == null ? List.of() : List.of(podIndex(pod.getMetadata().getNamespace(), job));
  }

  static List<String> jobIndex(Job job) {
    var labels = job.getMetadata().getLabels();
    var policy = labels == null ? null : labels.get(Labels.SCAN_POLICY);
    return policy == null ? List.of() : List.of(job.getMetadata().getNamespace() + "/" + policy);
  }

  private static String podIndex(String namespace, String job) {
    return namespace + "/" + job;
  }

  private static boolean isOther(Artifact other, Artifact artifact) {
    return !other.getMetadata().getUid().equals(artifact.getMetadata().getUid());
  }

  private static String name(HasMetadata object) {
    return object.getMetadata().getName();
  }
}
