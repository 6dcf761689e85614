package dev.assay.operator.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.wire.scan.DatabaseSummary;
import dev.assay.wire.scan.ScanSummary;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScanOutcomeTest {
  private static final String NOON = "2026-11-22T12:00:00Z";
  private static final Instant AT_NOON = Instant.parse(NOON);
  private static final String SUMMARY =
      "{\"schema\":1,\"outcome\":\"Scanned\",\"digest\":\"sha256:x\",\"trivyVersion\":\"0.74.0\"}";

  record Case(String name, Job job, List<Pod> pods, ScanOutcome outcome) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("a Job without pods runs", job(), List.of(), new ScanOutcome.Running("")),
        new Case(
            "a pod that has just been made runs",
            job(),
            List.of(new PodBuilder(pod("Pending")).withStatus(null).build()),
            new ScanOutcome.Running("")),
        new Case(
            "an image that cannot be pulled is told",
            job(),
            List.of(pod("Pending", waiting("fetch", "ImagePullBackOff", "no such image"))),
            new ScanOutcome.Running("ImagePullBackOff: no such image")),
        new Case(
            "waiting for its turn in the pod is nothing to tell",
            job(),
            List.of(
                pod(
                    "Pending",
                    waiting("scan", "PodInitializing", ""),
                    waiting("publish", "ContainerCreating", ""))),
            new ScanOutcome.Running("")),
        new Case(
            "a pod without a node is told",
            job(),
            List.of(
                new PodBuilder(pod("Pending"))
                    .editStatus()
                    .addNewCondition()
                    .withType("PodScheduled")
                    .withStatus("False")
                    .withReason("Unschedulable")
                    .withMessage("0/1 nodes")
                    .endCondition()
                    .endStatus()
                    .build()),
            new ScanOutcome.Running("Unschedulable: 0/1 nodes")),
        new Case(
            "a pod with a node is not",
            job(),
            List.of(
                new PodBuilder(pod("Running"))
                    .editStatus()
                    .addNewCondition()
                    .withType("PodScheduled")
                    .withStatus("True")
                    .endCondition()
                    .endStatus()
                    .build()),
            new ScanOutcome.Running("")),
        new Case(
            "the summary counts before the Job says that it is complete",
            job(),
            List.of(pod("Succeeded", ended("publish", 0, "Completed", SUMMARY))),
            new ScanOutcome.Succeeded(summary())),
        new Case(
            "fetch and scan alone are no answer",
            job(),
            List.of(
                pod(
                    "Running",
                    ended("fetch", 0, "Completed", SUMMARY),
                    ended("scan", 0, "Completed", SUMMARY))),
            new ScanOutcome.Running("")),
        new Case(
            "a summary that is none is a failure",
            job("Complete", "", ""),
            List.of(pod("Succeeded", ended("publish", 0, "Completed", "done"))),
            invalid()),
        new Case(
            "so is none at all",
            job(),
            List.of(pod("Succeeded", ended("publish", 0, "Completed", null))),
            invalid()),
        new Case(
            "so is one of another schema",
            job(),
            List.of(
                pod(
                    "Succeeded",
                    ended(
                        "publish",
                        0,
                        "Completed",
                        SUMMARY.replace("\"schema\":1", "\"schema\":2")))),
            invalid()),
        new Case(
            "so is one without a digest",
            job(),
            List.of(
                pod(
                    "Succeeded",
                    ended("publish", 0, "Completed", SUMMARY.replace("\"digest\"", "\"other\"")))),
            invalid()),
        new Case(
            "so is one without an outcome",
            job(),
            List.of(
                pod(
                    "Succeeded",
                    ended("publish", 0, "Completed", SUMMARY.replace("\"outcome\"", "\"other\"")))),
            invalid()),
        new Case(
            "so is one that Kubernetes would have cut",
            job(),
            List.of(
                pod(
                    "Succeeded",
                    ended(
                        "publish",
                        0,
                        "Completed",
                        SUMMARY.replace("sha256:x", "x".repeat(PodEnd.LONGEST_MESSAGE))))),
            invalid()),
        new Case(
            "a container's own words tell why it failed",
            job("Failed", "BackoffLimitExceeded", "Job has reached the specified backoff limit"),
            List.of(
                pod(
                    "Failed",
                    ended(
                        "fetch",
                        1,
                        "Error",
                        "{\"schema\":1,\"step\":\"fetch\",\"reason\":\"DownloadFailed\",\"message\":\"HTTP 503\"}"))),
            new ScanOutcome.Failed("fetch", "DownloadFailed", "HTTP 503", AT_NOON)),
        new Case(
            "without words the exit code does",
            job(),
            List.of(
                pod(
                    "Failed",
                    ended("fetch", 0, "Completed", ""),
                    ended("scan", 3, "Error", "oops"))),
            new ScanOutcome.Failed("scan", "Error", "it ended with exit code 3", AT_NOON)),
        new Case(
            "too little memory is told",
            job(),
            List.of(pod("Failed", ended("scan", 137, "OOMKilled", null))),
            new ScanOutcome.Failed(
                "scan",
                "OOMKilled",
                "it needed more memory than job.resources.limits allows",
                AT_NOON)),
        new Case(
            "a publish that failed is no summary",
            job(),
            List.of(pod("Failed", ended("publish", 1, "Error", SUMMARY))),
            new ScanOutcome.Failed("publish", "Error", "it ended with exit code 1", AT_NOON)),
        new Case(
            "an evicted pod is told",
            job(),
            List.of(
                new PodBuilder(pod("Failed"))
                    .editStatus()
                    .withReason("Evicted")
                    .withMessage("disk pressure")
                    .endStatus()
                    .build()),
            new ScanOutcome.Failed("pod", "Evicted", "disk pressure", AT_NOON)),
        new Case(
            "a deadline is told, its pod being gone",
            job("Failed", "DeadlineExceeded", "Job was active longer than specified deadline"),
            List.of(),
            new ScanOutcome.Failed(
                "job", "Timeout", "it ran longer than job.timeout allows", AT_NOON)),
        new Case(
            "any other failure is told in the Job's words",
            job("Failed", "BackoffLimitExceeded", "too often"),
            List.of(),
            new ScanOutcome.Failed("job", "BackoffLimitExceeded", "too often", AT_NOON)),
        new Case(
            "a complete Job without its pod is lost",
            job("Complete", "", ""),
            List.of(),
            new ScanOutcome.Lost(AT_NOON)),
        new Case(
            "the newest pod counts",
            job(),
            List.of(
                pod("Succeeded", ended("publish", 0, "Completed", SUMMARY)),
                new PodBuilder(pod("Failed", ended("fetch", 1, "Error", null)))
                    .editMetadata()
                    .withCreationTimestamp("2026-11-22T11:00:00Z")
                    .endMetadata()
                    .build()),
            new ScanOutcome.Succeeded(summary())));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readsAJobAndItsPod(Case c) {
    assertThat(ScanOutcome.of(c.job(), c.pods())).isEqualTo(c.outcome());
  }

  @Test
  void aFailureReadsAsASentence() {
    assertThat(new ScanOutcome.Failed("fetch", "DownloadFailed", "HTTP 503", AT_NOON).sentence())
        .isEqualTo("fetch: HTTP 503 (DownloadFailed)");
  }

  record Database(String name, @Nullable String message, DatabaseOutcome outcome) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Database> databases() {
    var noSummary =
        new DatabaseOutcome.Failed(
            "InvalidSummary", "its termination message is no DatabaseSummary of schema 1", AT_NOON);
    return Stream.of(
        new Database(
            "its dates are read",
            "{\"schema\":1,\"updatedAt\":\"2026-11-21T06:00:00Z\"}",
            new DatabaseOutcome.Succeeded(
                new DatabaseSummary(1, Instant.parse("2026-11-21T06:00:00Z"), null), AT_NOON)),
        new Database("an answer without a date is none", "{\"schema\":1}", noSummary),
        new Database("no answer is none", null, noSummary));
  }

  @ParameterizedTest
  @MethodSource("databases")
  void readsADatabaseJob(Database c) {
    var pods = List.of(pod("Succeeded", ended("database", 0, "Completed", c.message())));

    assertThat(DatabaseOutcome.of(job(), pods)).isEqualTo(c.outcome());
  }

  @Test
  void readsADatabaseJobThatRunsFailedOrIsLost() {
    assertThat(DatabaseOutcome.of(job(), List.of())).isEqualTo(new DatabaseOutcome.Running(""));
    assertThat(DatabaseOutcome.of(job("Failed", "A", "b"), List.of()))
        .isEqualTo(new DatabaseOutcome.Failed("A", "b", AT_NOON));
    assertThat(DatabaseOutcome.of(job("Complete", "", ""), List.of()))
        .isEqualTo(
            new DatabaseOutcome.Failed(
                "Lost", "its pod is gone before its answer was read", AT_NOON));
  }

  private static ScanOutcome invalid() {
    return new ScanOutcome.Failed(
        "publish",
        "InvalidSummary",
        "its termination message is no ScanSummary of schema 1",
        AT_NOON);
  }

  private static ScanSummary summary() {
    return new ScanSummary(
        1,
        ScanSummary.Outcome.Scanned,
        "sha256:x",
        null,
        null,
        null,
        "0.74.0",
        null,
        null,
        null,
        null);
  }

  private static Job job() {
    return new JobBuilder().withNewStatus().withActive(1).endStatus().build();
  }

  private static Job job(String condition, String reason, String message) {
    return new JobBuilder()
        .withNewStatus()
        .addNewCondition()
        .withType("SuccessCriteriaMet")
        .withStatus("False")
        .endCondition()
        .addNewCondition()
        .withType(condition)
        .withStatus("True")
        .withReason(reason)
        .withMessage(message)
        .withLastTransitionTime(NOON)
        .endCondition()
        .endStatus()
        .build();
  }

  private static Pod pod(String phase, ContainerStatus... containers) {
    return new PodBuilder()
        .withNewMetadata()
        .withCreationTimestamp(NOON)
        .endMetadata()
        .withNewStatus()
        .withPhase(phase)
        .withInitContainerStatuses(
            Stream.of(containers).filter(c -> !c.getName().equals("publish")).toList())
        .withContainerStatuses(
            Stream.of(containers).filter(c -> c.getName().equals("publish")).toList())
        .endStatus()
        .build();
  }

  private static ContainerStatus waiting(String name, String reason, String message) {
    return new ContainerStatusBuilder()
        .withName(name)
        .withNewState()
        .withNewWaiting(message, reason)
        .endState()
        .build();
  }

  private static ContainerStatus ended(
      String name, int exitCode, String reason, @Nullable String message) {
    return new ContainerStatusBuilder()
        .withName(name)
        .withNewState()
        .withNewTerminated()
        .withExitCode(exitCode)
        .withReason(reason)
        .withMessage(message)
        .withFinishedAt(NOON)
        .endTerminated()
        .endState()
        .build();
  }
}
