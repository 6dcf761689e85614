package dev.assay.operator.artifact.decision;

import dev.assay.api.artifact.ArtifactSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The fields of an Artifact that this build knows and does not act on: using one releases nothing
/// (decision 4).
final class NotImplemented {
  record Field(String path, Predicate<ArtifactSpec> used) {}

  static final List<Field> FIELDS =
      List.of(
          new Field("spec.source.oci", s -> s.source().oci() != null),
          new Field("spec.source.http", s -> s.source().http() != null),
          new Field("spec.source.object", s -> s.source().object() != null),
          new Field("spec.source.artifactRef", s -> s.source().artifactRef() != null),
          new Field("spec.delivery.flux", s -> s.delivery() != null));

  private NotImplemented() {}

  /// The first field in order.
  static Optional<Field> firstUsed(ArtifactSpec spec) {
    return FIELDS.stream().filter(f -> f.used().test(spec)).findFirst();
  }
}
