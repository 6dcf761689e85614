package dev.assay.operator.certificate;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// Watches exactly the objects that certificates consist of, and starts a round when one changes.
/// Informers by name: rights with resourceNames are enough for them, and they only wake.
final class Watch implements AutoCloseable {
  private final List<SharedIndexInformer<?>> informers;
  private final Rounds rounds;

  Watch(
      KubernetesClient kubernetes,
      String namespace,
      WebhookConfigurations hooks,
      Supplier<Duration> round) {
    rounds = new Rounds(round);
    var secrets = kubernetes.secrets().inNamespace(namespace);
    informers =
        List.of(
            informer(secrets.withName(AuthoritySecret.NAME)),
            informer(secrets.withName(LeafSecret.NAME)),
            informer(hooks.validating()),
            informer(hooks.mutating()));
  }

  void start() {
    informers.forEach(SharedIndexInformer::start);
    rounds.wake();
  }

  @Override
  public void close() {
    rounds.close();
    informers.forEach(SharedIndexInformer::close);
  }

  private <T extends HasMetadata> SharedIndexInformer<T> informer(Resource<T> one) {
    return one.runnableInformer(0)
        .exceptionHandler((_, _) -> true) // what is refused now may be granted later
        .addEventHandler(
            new ResourceEventHandler<>() {
              @Override
              public void onAdd(T object) {
                rounds.wake();
              }

              @Override
              public void onUpdate(T was, T is) {
                rounds.wake();
              }

              @Override
              public void onDelete(T object, boolean unknown) {
                rounds.wake();
              }
            });
  }
}
