package dev.assay.operator.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.assay.operator.scan.ScanRun;
import dev.assay.wire.Json;
import dev.assay.wire.scan.Findings;
import dev.assay.wire.scan.JobFailure;
import dev.assay.wire.scan.ScanSummary;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// Plays a scan Job's pod: there is no kubelet beside a bare API server.
final class Kubelet {
  static final Instant DATABASE = Instant.parse("2026-11-20T00:00:00Z");

  private final Site site;

  Kubelet(Site site) {
    this.site = site;
  }

  /// The Job scanned and found this.
  void finish(Job job, Findings findings) {
    var hex = findings.digest().substring("sha256:".length());
    var keys = ScanRun.named(job.getMetadata().getName(), 1, findings.digest(), "cyclonedx").keys();
    var packed = packed(findings);
    site.store().putInternal(keys.findings(), packed);
    var stored = new ScanSummary.Stored(keys.findings(), sha256(packed), packed.length);
    end(
        job,
        0,
        json(
            new ScanSummary(
                1,
                ScanSummary.Outcome.Scanned,
                "sha256:" + hex,
                null,
                null,
                DATABASE,
                "0.74.0",
                new ScanSummary.Stored(keys.report(), hex, 1),
                new ScanSummary.Stored(keys.sbom(), hex, 1),
                stored,
                null)));
  }

  void fail(Job job, String reason) {
    end(job, 1, json(new JobFailure(1, "publish", reason, "the test says so")));
  }

  private void end(Job job, int exitCode, String message) {
    var template = job.getSpec().getTemplate();
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace(site.namespace)
            .withName(job.getMetadata().getName() + "-pod")
            .withLabels(template.getMetadata().getLabels())
            .addToLabels("batch.kubernetes.io/job-name", job.getMetadata().getName())
            .endMetadata()
            .withSpec(template.getSpec())
            .build();
    Pod there = site.client.resource(pod).create();
    there.setStatus(
        new PodStatusBuilder()
            .withPhase(exitCode == 0 ? "Succeeded" : "Failed")
            .withContainerStatuses(
                new ContainerStatusBuilder()
                    .withName("publish")
                    .withImage("i")
                    .withImageID("i")
                    .withReady(false)
                    .withRestartCount(0)
                    .withNewState()
                    .withNewTerminated()
                    .withExitCode(exitCode)
                    .withMessage(message)
                    .withFinishedAt(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                    .endTerminated()
                    .endState()
                    .build())
            .build());
    site.client.resource(there).updateStatus();
  }

  static Findings clean(String sha256) {
    return new Findings(1, "sha256:" + sha256, List.of(), List.of(), 0, 0);
  }

  static Findings vulnerable(String sha256) {
    return new Findings(
        1,
        "sha256:" + sha256,
        List.of(
            new Findings.Vulnerability(
                "CVE-2021-44228",
                "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1",
                "log4j-core",
                "2.14.1",
                "CRITICAL",
                "2.15.0",
                "fixed")),
        List.of(),
        0,
        0);
  }

  private static byte[] packed(Findings findings) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(json(findings).getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String json(Object value) {
    try {
      return Json.MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
