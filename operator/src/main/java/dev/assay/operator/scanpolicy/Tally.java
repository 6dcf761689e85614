package dev.assay.operator.scanpolicy;

import static dev.assay.api.Condition.Status;

import dev.assay.api.Artifact;
import dev.assay.api.Bucket;
import dev.assay.api.Condition;
import dev.assay.api.LocalRef;
import dev.assay.api.Vocabulary.ConditionTypes;
import dev.assay.api.Vocabulary.Reasons;
import dev.assay.api.artifact.Scan;
import dev.assay.api.scanpolicy.ScanPolicyStatus.Counts;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How the Artifacts under a ScanPolicy stand. An Artifact counts once for what it waits for
/// (queued, running, failed) and once for the verdict that stands (clean, quarantined): a rescan
/// takes no verdict away.
final class Tally {
  private Tally() {}

  static Counts of(String policy, Collection<Artifact> artifacts, Collection<Bucket> buckets) {
    var byName = buckets.stream().collect(Collectors.toMap(b -> b.getMetadata().getName(), b -> b));
    var mine = artifacts.stream().filter(a -> isUnder(policy, a, byName)).toList();
    return new Counts(
        count(mine, a -> scannedFor(a, Reasons.QUEUED)),
        count(mine, a -> scan(a).map(Scan::jobName).isPresent()),
        count(mine, a -> verdict(a).filter(v -> v == Scan.Verdict.Clean).isPresent()),
        count(mine, a -> holds(a, ConditionTypes.QUARANTINED)),
        count(mine, a -> scannedFor(a, Reasons.SCAN_FAILED)));
  }

  /// By what judged it last, or else by what will.
  private static boolean isUnder(String policy, Artifact artifact, Map<String, Bucket> buckets) {
    var judged = scan(artifact).map(Scan::policy);
    var spec = artifact.getSpec();
    if (judged.isPresent() || spec == null) {
      return judged.filter(policy::equals).isPresent();
    }
    var asked = name(spec.scanPolicyRef());
    var bucket = Optional.ofNullable(buckets.get(spec.bucketRef().name())).map(Bucket::getSpec);
    return asked
        .or(() -> bucket.flatMap(b -> name(b.defaultScanPolicyRef())))
        .filter(policy::equals)
        .isPresent();
  }

  private static int count(Collection<Artifact> artifacts, Predicate<Artifact> which) {
    return Math.toIntExact(artifacts.stream().filter(which).count());
  }

  private static boolean scannedFor(Artifact artifact, String reason) {
    return condition(artifact, ConditionTypes.SCANNED)
        .filter(c -> c.reason().equals(reason))
        .isPresent();
  }

  private static boolean holds(Artifact artifact, String type) {
    return condition(artifact, type).filter(c -> c.status() == Status.True).isPresent();
  }

  private static Optional<Condition> condition(Artifact artifact, String type) {
    var status = artifact.getStatus();
    return status == null
        ? Optional.empty()
        : status.conditions().stream().filter(c -> c.type().equals(type)).findFirst();
  }

  private static Optional<Scan> scan(Artifact artifact) {
    return Optional.ofNullable(artifact.getStatus()).map(status -> status.scan());
  }

  private static Optional<Scan.Verdict> verdict(Artifact artifact) {
    return scan(artifact).map(Scan::verdict);
  }

  private static Optional<String> name(@Nullable LocalRef ref) {
    return Optional.ofNullable(ref).map(LocalRef::name);
  }
}
