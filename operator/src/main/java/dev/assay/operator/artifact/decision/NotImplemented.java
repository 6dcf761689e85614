package dev.assay.operator.artifact.decision;

import dev.assay.api.artifact.ArtifactSpec;
import dev.assay.api.artifact.Verify;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The fields of an Artifact that this build knows and does not act on: using one releases nothing
/// (decision 4).
final class NotImplemented {
  /// @param guards whether the field asks for a check that the bytes would be served without: what
  ///   was released before is withdrawn
  record Field(String path, Predicate<ArtifactSpec> used, boolean guards) {}

  static final List<Field> FIELDS =
      List.of(
          new Field(
              "spec.verify.bundle.key", // and its absence, which means a key beside the object's
              s -> s.verify() != null && !inObjectOrSecret(s.verify()),
              true),
          new Field("spec.source.oci", s -> s.source().oci() != null, false),
          new Field("spec.source.http", s -> s.source().http() != null, false),
          new Field("spec.source.object", s -> s.source().object() != null, false),
          new Field("spec.source.artifactRef", s -> s.source().artifactRef() != null, false),
          new Field("spec.delivery.flux", s -> s.delivery() != null, false));

  private NotImplemented() {}

  private static boolean inObjectOrSecret(Verify verify) {
    var bundle = verify.bundle();
    return bundle != null && (bundle.inline() != null || bundle.secretRef() != null);
  }

  /// The first field in order, guards before others.
  static Optional<Field> firstUsed(ArtifactSpec spec) {
    return FIELDS.stream().filter(f -> f.used().test(spec)).findFirst();
  }
}
