package dev.assay.operator.census;

import dev.assay.api.Artifact;
import io.javaoperatorsdk.operator.processing.event.source.filter.GenericFilter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Lets everything pass, and tells of it: the only place where JOSDK shows each event of a
/// controller's own informer, deletions too. It makes filters itself, hence the static list.
public final class ArtifactSeen implements GenericFilter<Artifact> {
  private static final List<Consumer<Artifact>> LISTENERS = new CopyOnWriteArrayList<>();

  static void tell(Consumer<Artifact> listener) {
    LISTENERS.add(listener);
  }

  static void tellNoMore(Consumer<Artifact> listener) {
    LISTENERS.remove(listener);
  }

  @Override
  public boolean accept(Artifact artifact) {
    LISTENERS.forEach(listener -> listener.accept(artifact));
    return true;
  }
}
