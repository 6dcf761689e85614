package dev.assay.operator.bucket;

import dev.assay.api.bucket.Access;
import dev.assay.api.bucket.BucketSpec;
import dev.assay.api.bucket.DataPlane;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What the schema offers and this build does not act on (decision 4). A Bucket that asks for it is
/// stalled with the path in the message, because a rule that is read and not kept is worse than one
/// that is refused.
final class NotImplemented {
  private record Row(String path, Predicate<BucketSpec> isAskedFor) {}

  private static final List<Row> TABLE =
      List.of(
          new Row("spec.provider: s3", spec -> spec.provider() == BucketSpec.Provider.s3),
          new Row("spec.dataPlane.replicas", spec -> plane(spec, p -> moreThanOne(p.replicas()))),
          new Row("spec.dataPlane.autoscaling", spec -> plane(spec, p -> p.autoscaling() != null)),
          new Row("spec.dataPlane.tls", spec -> plane(spec, p -> p.tls() != null)),
          new Row("spec.dataPlane.ingress", spec -> plane(spec, p -> p.ingress() != null)),
          new Row("spec.dataPlane.route", spec -> plane(spec, p -> p.route() != null)),
          new Row("spec.access.policy", spec -> access(spec, a -> !a.policy().isEmpty())),
          new Row(
              "spec.versioning: Enabled",
              spec -> spec.versioning() == BucketSpec.Versioning.Enabled),
          new Row("spec.retention", spec -> !spec.retention().isEmpty()),
          new Row(
              "spec.registration: Automatic",
              spec -> spec.registration() == BucketSpec.Registration.Automatic),
          new Row("spec.promotion", spec -> spec.promotion() != null),
          new Row(
              "spec.provisioning: Existing",
              spec -> spec.provisioning() == BucketSpec.Provisioning.Existing));

  private NotImplemented() {}

  /// Paths that are asked for, in the schema's order.
  static List<String> in(BucketSpec spec) {
    return TABLE.stream().filter(row -> row.isAskedFor().test(spec)).map(Row::path).toList();
  }

  private static boolean moreThanOne(@Nullable Integer replicas) {
    return Objects.requireNonNullElse(replicas, 1) > 1;
  }

  private static boolean plane(BucketSpec spec, Predicate<DataPlane> test) {
    var plane = spec.dataPlane();
    return plane != null && test.test(plane);
  }

  private static boolean access(BucketSpec spec, Predicate<Access> test) {
    var access = spec.access();
    return access != null && test.test(access);
  }
}
