package dev.assay.operator.artifact;

import dev.assay.api.Artifact;
import dev.assay.api.Vocabulary.Annotations;
import dev.assay.api.artifact.ArtifactStatus;
import dev.assay.api.artifact.ArtifactStatusBuilder;
import dev.assay.operator.artifact.decision.LocationKey;
import dev.assay.operator.artifact.decision.Subject;
import java.util.Map;
import java.util.Optional;

/// From the object in the API to the record that decisions read.
final class Subjects {
  private Subjects() {}

  static Subject of(Artifact artifact) {
    var metadata = artifact.getMetadata();
    var labels = metadata.getLabels();
    var annotations = metadata.getAnnotations();
    return new Subject(
        metadata.getNamespace(),
        metadata.getName(),
        metadata.getUid(),
        metadata.getGeneration(),
        labels == null ? Map.of() : Map.copyOf(labels),
        annotations == null ? "" : annotations.getOrDefault(Annotations.RECONCILE_REQUESTED_AT, ""),
        artifact.getSpec(),
        status(artifact));
  }

  /// An object that never had a status has an empty one.
  static ArtifactStatus status(Artifact artifact) {
    return artifact.getStatus() == null
        ? new ArtifactStatusBuilder().build()
        : artifact.getStatus();
  }

  /// The key in effect; empty when the spec names one that cannot be.
  static Optional<String> key(Artifact artifact) {
    return of(artifact).key() instanceof LocationKey.Usable(var key)
        ? Optional.of(key)
        : Optional.empty();
  }
}
