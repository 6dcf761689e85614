package dev.assay.operator.scan;

import dev.assay.api.Artifact;
import dev.assay.api.Vocabulary.Annotations;
import dev.assay.api.Vocabulary.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A scan Job, whole, as `docs/reference/scan-job.md` describes it: `fetch`, then `scan`, then
/// `publish`, in one pod without Kubernetes credentials. The Artifact owns it.
///
/// @param policy name of the ScanPolicy, for labels and NetworkPolicy
public record ScanJob(
    ScanSubject subject,
    ScanRun run,
    String policy,
    ScanInputs inputs,
    JobSettings settings,
    Cache cache) {
  /// Beside the scan's own time: pulling images, attaching volumes, and fetching at 10 MB/s.
  private static final Duration AROUND = Duration.ofMinutes(10);

  private static final long FETCHED_BYTES_PER_SECOND = 10_000_000;

  public Job object() {
    var storage = ScanStorage.of(subject.sizeBytes(), settings.maxScanSizeBytes());
    var labels =
        PodParts.labels(subject.uid(), policy, cache, Map.of(Labels.ARTIFACT, subject.artifact()));
    return new JobBuilder()
        .withNewMetadata()
        .withNamespace(subject.namespace())
        .withName(run.jobName())
        .withLabels(labels)
        .withAnnotations(Map.of(Annotations.SCAN_INPUTS, inputs.hash()))
        .addNewOwnerReference()
        .withApiVersion(HasMetadata.getApiVersion(Artifact.class))
        .withKind(HasMetadata.getKind(Artifact.class))
        .withName(subject.artifact())
        .withUid(subject.uid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .endOwnerReference()
        .endMetadata()
        .withNewSpec()
        .withCompletions(1)
        .withParallelism(1)
        .withBackoffLimit(0) // the operator retries, with pauses and a limit of its own
        .withActiveDeadlineSeconds(deadline().toSeconds())
        .withTtlSecondsAfterFinished(Math.toIntExact(settings.ttlAfterFinished().toSeconds()))
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(labels)
        .endMetadata()
        .withSpec(pod(storage))
        .endTemplate()
        .endSpec()
        .build();
  }

  private Duration deadline() {
    return settings
        .timeout()
        .plus(AROUND)
        .plusSeconds(subject.sizeBytes() / FETCHED_BYTES_PER_SECOND);
  }

  private PodSpec pod(ScanStorage storage) {
    var containers = new ScanContainers(this, storage);
    return new PodSpecBuilder()
        .withRestartPolicy("Never")
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withTerminationGracePeriodSeconds(5L) // nothing in it has anything to finish
        .withSecurityContext(PodParts.podSecurity())
        .withNodeSelector(settings.nodeSelector().isEmpty() ? null : settings.nodeSelector())
        .withTolerations(PodParts.tolerations(settings.tolerations()))
        .withAffinity(CacheClaim.besideItsVolume(cache).orElse(null))
        .withVolumes(
            PodParts.emptyDir(ScanContainers.WORK, storage.workBytes()),
            PodParts.emptyDir(PodParts.TMP, storage.workBytes()),
            PodParts.cache(cache, true),
            PodParts.secret(ScanContainers.FETCH, run.fetchSecret()),
            PodParts.secret(ScanContainers.PUBLISH, run.publishSecret()))
        .withInitContainers(List.of(containers.fetch(), containers.scan()))
        .withContainers(containers.publish())
        .build();
  }
}
