package dev.assay.operator.scan;

import dev.assay.api.ScanPolicy;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// The Job that refreshes a shared cache, or only learns how new the database is (decision 15). It
/// reads nothing hostile and sees no Secret.
///
/// It has no time to live: the newest one that succeeded is the record of what is known, and goes
/// when a newer one has taken its place.
///
/// @param keeper the ScanPolicy that owns it; others with the same database only look on
/// @param ordinal grows with every refresh
/// @param attempt 1 for the first of a refresh
public record DatabaseJob(
    ScanPolicy keeper,
    ScanInputs inputs,
    JobSettings settings,
    Cache cache,
    long ordinal,
    int attempt) {
  /// Value of the component label.
  public static final String COMPONENT = "scan-database";

  /// Name of the one container, and of the image's subcommand.
  public static final String CONTAINER = "database";

  /// Both databases are 0.8 GiB packed: half an hour is half a megabyte a second.
  private static final Duration DEADLINE = Duration.ofMinutes(30);

  public String name() {
    return "assay-trivy-%s-%d-%d".formatted(cache.databaseKey(inputs), ordinal, attempt);
  }

  public Job object() {
    var of = keeper.getMetadata();
    var labels =
        PodParts.labels(
            of.getUid(), of.getName(), cache, CacheClaim.labels(cache.databaseKey(inputs)));
    return new JobBuilder()
        .withNewMetadata()
        .withNamespace(of.getNamespace())
        .withName(name())
        .withLabels(labels)
        .addNewOwnerReference()
        .withApiVersion(keeper.getApiVersion())
        .withKind(keeper.getKind())
        .withName(of.getName())
        .withUid(of.getUid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .endOwnerReference()
        .endMetadata()
        .withNewSpec()
        .withCompletions(1)
        .withParallelism(1)
        .withBackoffLimit(0)
        .withActiveDeadlineSeconds(DEADLINE.toSeconds())
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(labels)
        .endMetadata()
        .withSpec(pod())
        .endTemplate()
        .endSpec()
        .build();
  }

  private PodSpec pod() {
    return new PodSpecBuilder()
        .withRestartPolicy("Never")
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withTerminationGracePeriodSeconds(5L)
        .withSecurityContext(PodParts.podSecurity())
        .withNodeSelector(settings.nodeSelector().isEmpty() ? null : settings.nodeSelector())
        .withTolerations(PodParts.tolerations(settings.tolerations()))
        .withAffinity(CacheClaim.besideItsVolume(cache).orElse(null))
        .withVolumes(
            PodParts.emptyDir(PodParts.TMP, Cache.ROOM_BYTES), PodParts.cache(cache, false))
        .withContainers(container())
        .build();
  }

  private Container container() {
    var environment = new HashMap<String, String>();
    environment.put("ASSAY_MODE", inputs.asksServer() ? "Server" : "Standalone");
    environment.put("ASSAY_SERVER_URL", inputs.serverUrl());
    environment.put("ASSAY_DB_REPOSITORY", inputs.dbRepository());
    environment.put("ASSAY_JAVA_DB_REPOSITORY", inputs.javaDbRepository());
    return new ContainerBuilder()
        .withName(CONTAINER)
        .withImage(inputs.image())
        .withImagePullPolicy("IfNotPresent")
        .withArgs(CONTAINER)
        .withEnv(PodParts.environment(environment))
        .withResources(
            PodParts.resources(
                Map.of("cpu", "50m", "memory", "256Mi", "ephemeral-storage", "128Mi"),
                Map.of(
                    "memory",
                    "1Gi",
                    "ephemeral-storage",
                    Long.toString(2 * Cache.ROOM_BYTES + (128L << 20)))))
        .withSecurityContext(PodParts.containerSecurity())
        .withTerminationMessagePath("/dev/termination-log")
        .withTerminationMessagePolicy("File")
        .withVolumeMounts(PodParts.tmp(CONTAINER), PodParts.mount(PodParts.CACHE, "/cache", false))
        .build();
  }
}
