package dev.assay.operator.scan;

import dev.assay.api.Resources;
import dev.assay.api.Toleration;
import dev.assay.api.scanpolicy.Job;
import dev.assay.api.scanpolicy.ScanPolicySpec;
import dev.assay.operator.ByteSize;
import dev.assay.operator.FluxDuration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `spec.job` with its defaults, which are the CRD's.
///
/// @param timeout longest time for the scan itself
/// @param ttlAfterFinished how long a finished Job is kept
/// @param retries attempts after the first failed one
/// @param maxScanSizeBytes larger bytes are unscannable
/// @param requests and `limits` of the scanning container, by resource name; empty for ours
public record JobSettings(
    Duration timeout,
    Duration ttlAfterFinished,
    int maxConcurrent,
    int retries,
    long maxScanSizeBytes,
    Map<String, String> requests,
    Map<String, String> limits,
    Map<String, String> nodeSelector,
    List<Toleration> tolerations) {

  public static JobSettings of(ScanPolicySpec spec) {
    var job = Optional.ofNullable(spec.job());
    return new JobSettings(
        FluxDuration.parse(text(job, Job::timeout, "30m")),
        FluxDuration.parse(text(job, Job::ttlAfterFinished, "1h")),
        job.map(Job::maxConcurrent).orElse(4),
        job.map(Job::retries).orElse(5),
        ByteSize.parse(text(job, Job::maxScanSize, "10Gi")),
        job.map(Job::resources).map(Resources::requests).orElse(Map.of()),
        job.map(Job::resources).map(Resources::limits).orElse(Map.of()),
        job.map(Job::nodeSelector).orElse(Map.of()),
        job.map(Job::tolerations).orElse(List.of()));
  }

  private static String text(
      Optional<Job> job, Function<Job, @Nullable String> field, String otherwise) {
    var value = job.isPresent() ? field.apply(job.get()) : null;
    return value == null ? otherwise : value;
  }
}
