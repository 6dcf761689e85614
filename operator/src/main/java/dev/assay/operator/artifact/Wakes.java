package dev.assay.operator.artifact;

import dev.assay.api.Artifact;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.util.Set;

/// Wakes Artifacts because of another one: a scan slot that became free, a key that did.
final class Wakes extends AbstractEventSource<Artifact, Artifact> {
  Wakes() {
    super(Artifact.class, "artifact-neighbours");
  }

  void wake(HasMetadata artifact) {
    var handler = getEventHandler();
    if (handler != null) {
      handler.handleEvent(new Event(ResourceID.fromResource(artifact)));
    }
  }

  @Override
  public Set<Artifact> getSecondaryResources(Artifact primary) {
    return Set.of();
  }
}
