package dev.assay.operator.images;

import dev.assay.api.Vocabulary.Labels;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Which images the namespaces with the label `assay.dev/verify-images: "true"` use. Other
/// namespaces are not watched.
final class Workloads {
  private final KubernetesClient client;
  private final Map<String, NamespaceImages> byNamespace = new ConcurrentHashMap<>();
  private volatile Consumer<String> changed = _ -> {};
  private volatile @Nullable SharedIndexInformer<Namespace> namespaces;

  Workloads(KubernetesClient client) {
    this.client = client;
  }

  /// Follows until it is stopped.
  ///
  /// @param listener is told the namespace in which something has changed
  synchronized void start(Consumer<String> listener) {
    changed = listener;
    var informer =
        client
            .namespaces()
            .withLabel(Labels.VERIFY_IMAGES, "true")
            .runnableInformer(0)
            .itemStore(new Bones<>(Namespace::new, this::seen))
            .exceptionHandler((begun, e) -> true); // again and again, also without the right to
    namespaces = informer;
    informer.start();
  }

  synchronized void stop() {
    var informer = namespaces;
    if (informer != null) {
      informer.stop();
      namespaces = null;
    }
    byNamespace.keySet().forEach(this::close);
  }

  InUse in(String namespace) {
    var informer = namespaces;
    var images = byNamespace.get(namespace);
    if (images != null) {
      return images.inUse();
    }
    return informer != null && informer.hasSynced() ? new InUse.Unasked() : new InUse.Unknown();
  }

  private void seen(String name, Optional<Namespace> namespace) {
    if (namespace.isEmpty()) {
      close(name);
    } else if (!byNamespace.containsKey(name)) {
      var images = new NamespaceImages(client, name, () -> changed.accept(name));
      byNamespace.put(name, images);
      images.start();
    }
  }

  private void close(String namespace) {
    var gone = byNamespace.remove(namespace);
    if (gone != null) {
      gone.stop();
      changed.accept(namespace);
    }
  }
}
