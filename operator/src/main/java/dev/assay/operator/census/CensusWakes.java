package dev.assay.operator.census;

import dev.assay.api.Artifact;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/// Wakes those whose numbers an Artifact has changed.
final class CensusWakes<P extends HasMetadata> extends AbstractEventSource<Artifact, P>
    implements Consumer<Artifact> {
  private final Census census;
  private final Function<Artifact, Set<ResourceID>> whom;

  CensusWakes(Census census, String name, Function<Artifact, Set<ResourceID>> whom) {
    super(Artifact.class, name);
    this.census = census;
    this.whom = whom;
  }

  @Override
  public synchronized void start() {
    super.start();
    census.subscribe(this);
  }

  @Override
  public synchronized void stop() {
    super.stop();
    census.unsubscribe(this);
  }

  @Override
  public void accept(Artifact artifact) {
    whom.apply(artifact).forEach(id -> getEventHandler().handleEvent(new Event(id)));
  }

  @Override
  public Set<Artifact> getSecondaryResources(P primary) {
    return Set.of();
  }
}
