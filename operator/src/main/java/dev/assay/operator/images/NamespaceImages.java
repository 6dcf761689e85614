package dev.assay.operator.images;

import dev.assay.policy.image.PinnedImage;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The images of one namespace's pod templates and Pods, followed by informers that keep nothing
/// else.
final class NamespaceImages {
  private final KubernetesClient client;
  private final String namespace;
  private final Runnable changed;
  private final Map<String, Set<PinnedImage>> byOwner = new ConcurrentHashMap<>();
  private final List<SharedIndexInformer<?>> informers;

  /// @param changed is run when other images are in use, and when all have been seen
  NamespaceImages(KubernetesClient client, String namespace, Runnable changed) {
    this.client = client;
    this.namespace = namespace;
    this.changed = changed;
    this.informers =
        List.of(
            follow(Deployment.class, Deployment::new, d -> PodImages.of(d.getSpec().getTemplate())),
            follow(
                StatefulSet.class, StatefulSet::new, s -> PodImages.of(s.getSpec().getTemplate())),
            follow(DaemonSet.class, DaemonSet::new, d -> PodImages.of(d.getSpec().getTemplate())),
            follow(Job.class, Job::new, j -> PodImages.of(j.getSpec().getTemplate())),
            follow(
                CronJob.class,
                CronJob::new,
                c -> PodImages.of(c.getSpec().getJobTemplate().getSpec().getTemplate())),
            follow(Pod.class, Pod::new, p -> PodImages.of(p.getSpec())));
  }

  void start() {
    informers.forEach(informer -> informer.start().thenRun(changed));
  }

  void stop() {
    informers.forEach(SharedIndexInformer::stop);
  }

  InUse inUse() {
    return informers.stream().allMatch(SharedIndexInformer::hasSynced)
        ? new InUse.Images(
            byOwner.values().stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet()))
        : new InUse.Unknown();
  }

  private <T extends HasMetadata> SharedIndexInformer<T> follow(
      Class<T> type, Supplier<T> empty, Function<T, Set<PinnedImage>> images) {
    return client
        .resources(type)
        .inNamespace(namespace)
        .runnableInformer(0)
        .itemStore(
            new Bones<>(
                empty,
                (key, object) ->
                    seen(type.getSimpleName() + "/" + key, object.map(images).orElse(Set.of()))))
        .exceptionHandler((begun, e) -> true); // again and again, also without the right to
  }

  private void seen(String owner, Set<PinnedImage> are) {
    var were = are.isEmpty() ? byOwner.remove(owner) : byOwner.put(owner, are);
    if (!are.equals(were == null ? Set.of() : were)) {
      changed.run();
    }
  }
}
