package dev.assay.operator.scanpolicy;

import dev.assay.api.scanpolicy.ScanPolicySpec;
import java.util.List;
import java.util.function.Predicate;

/// The fields of a ScanPolicy that this build does not act on (decision 4). A policy that uses one
/// is Stalled and releases nothing: a rule that is not applied must not look as if it were.
public final class NotImplementedFields {
  private record Field(String path, Predicate<ScanPolicySpec> isUsed) {}

  private static final List<Field> TABLE =
      List.of(
          new Field("spec.vex", spec -> !spec.vex().isEmpty()),
          new Field(
              "spec.report.attest",
              spec -> spec.report() != null && Boolean.TRUE.equals(spec.report().attest())));

  private NotImplementedFields() {}

  /// Paths of the fields that are used and not acted on; empty when all is well.
  public static List<String> usedBy(ScanPolicySpec spec) {
    return TABLE.stream().filter(field -> field.isUsed().test(spec)).map(Field::path).toList();
  }
}
