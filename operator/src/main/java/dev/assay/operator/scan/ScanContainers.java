package dev.assay.operator.scan;

import dev.assay.operator.scan.ScanRun.ReportKeys;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import java.util.HashMap;
import java.util.Map;

/// The three containers of a scan pod. Only `fetch` and `publish` see a Secret; the one that runs
/// the scanner over hostile bytes sees none, and cannot write what it reads (decision 7).
record ScanContainers(ScanJob job, ScanStorage storage) {
  static final String WORK = "work";
  static final String FETCH = "fetch";
  static final String SCAN = "scan";
  static final String PUBLISH = "publish";

  private static final String WORK_PATH = "/work";
  private static final String SECRETS_PATH = "/var/run/assay/";

  Container fetch() {
    var subject = job.subject();
    var environment =
        Map.of(
            "ASSAY_DIGEST", subject.digest(),
            "ASSAY_SIZE", Long.toString(subject.sizeBytes()),
            "ASSAY_TYPE", subject.type(),
            "ASSAY_FILENAME", subject.filename(),
            "ASSAY_MEDIA_TYPE", subject.mediaType(),
            "ASSAY_MAX_UNPACKED_BYTES", Long.toString(storage.unpackedBytes()));
    return container(FETCH, environment, Map.of("cpu", "50m", "memory", "128Mi"), mild())
        .addToVolumeMounts(PodParts.mount(WORK, WORK_PATH, false))
        .addToVolumeMounts(PodParts.mount(FETCH, SECRETS_PATH + FETCH, true))
        .build();
  }

  Container scan() {
    var inputs = job.inputs();
    var shared = job.cache() instanceof Cache.Shared;
    var environment = new HashMap<String, String>();
    environment.put("ASSAY_DIGEST", job.subject().digest());
    environment.put("ASSAY_SCANNERS", String.join(",", inputs.scanners()));
    environment.put("ASSAY_MODE", inputs.asksServer() ? "Server" : "Standalone");
    environment.put("ASSAY_SERVER_URL", inputs.serverUrl());
    environment.put("ASSAY_DB_REPOSITORY", inputs.dbRepository());
    environment.put("ASSAY_JAVA_DB_REPOSITORY", inputs.javaDbRepository());
    environment.put("ASSAY_SKIP_DB_UPDATE", Boolean.toString(shared));
    environment.put("ASSAY_OFFLINE", Boolean.toString(inputs.offline()));
    environment.put("ASSAY_SBOM_FORMAT", inputs.sbomFormat());
    environment.put("ASSAY_TIMEOUT_SECONDS", Long.toString(job.settings().timeout().toSeconds()));
    var requests = overlaid(Map.of("cpu", "250m", "memory", "256Mi"), job.settings().requests());
    var limits = overlaid(Map.of("memory", "1Gi"), job.settings().limits());
    return container(SCAN, environment, requests, limits)
        .addToVolumeMounts(PodParts.mountPart(WORK, "input", WORK_PATH + "/input", true))
        .addToVolumeMounts(PodParts.mountPart(WORK, "output", WORK_PATH + "/output", false))
        .addToVolumeMounts(PodParts.mount(PodParts.CACHE, "/cache", shared))
        .build();
  }

  Container publish() {
    ReportKeys keys = job.run().keys();
    var environment =
        Map.of(
            "ASSAY_DIGEST", job.subject().digest(),
            "ASSAY_REPORT_KEY", keys.report(),
            "ASSAY_SBOM_KEY", keys.sbom(),
            "ASSAY_FINDINGS_KEY", keys.findings());
    return container(PUBLISH, environment, Map.of("cpu", "50m", "memory", "128Mi"), mild())
        .addToVolumeMounts(PodParts.mountPart(WORK, "output", WORK_PATH + "/output", true))
        .addToVolumeMounts(PodParts.mount(PUBLISH, SECRETS_PATH + PUBLISH, true))
        .build();
  }

  private ContainerBuilder container(
      String name,
      Map<String, String> environment,
      Map<String, String> requests,
      Map<String, String> limits) {
    var disk = "ephemeral-storage";
    return new ContainerBuilder()
        .withName(name)
        .withImage(job.inputs().image())
        .withImagePullPolicy("IfNotPresent")
        .withArgs(name)
        .withEnv(PodParts.environment(environment))
        .withResources(
            PodParts.resources(
                overlaid(Map.of(disk, Long.toString(storage.requestBytes())), requests),
                overlaid(Map.of(disk, Long.toString(storage.limitBytes())), limits)))
        .withSecurityContext(PodParts.containerSecurity())
        .withTerminationMessagePath("/dev/termination-log")
        .withTerminationMessagePolicy("File") // logs of hostile bytes are nobody's message
        .withVolumeMounts(PodParts.tmp(name));
  }

  // The JVM's heap is 256 MiB at most, set in the image.
  private static Map<String, String> mild() {
    return Map.of("memory", "512Mi");
  }

  private static Map<String, String> overlaid(Map<String, String> ours, Map<String, String> asked) {
    var all = new HashMap<>(ours);
    all.putAll(asked);
    return Map.copyOf(all);
  }
}
