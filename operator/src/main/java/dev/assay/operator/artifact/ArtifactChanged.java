package dev.assay.operator.artifact;

import dev.assay.api.Artifact;
import dev.assay.operator.SpecOrRequestChanged;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Objects;

/// Labels count as well: an exception of a ScanPolicy may select by them.
public final class ArtifactChanged implements OnUpdateFilter<Artifact> {
  private final SpecOrRequestChanged asUsual = new SpecOrRequestChanged();

  @Override
  public boolean accept(Artifact now, Artifact was) {
    return asUsual.accept(now, was)
        || !Objects.equals(now.getMetadata().getLabels(), was.getMetadata().getLabels());
  }
}
