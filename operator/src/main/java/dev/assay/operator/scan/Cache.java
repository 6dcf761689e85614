package dev.assay.operator.scan;

import dev.assay.api.scanpolicy.Job;
import dev.assay.api.scanpolicy.ScanPolicySpec;
import dev.assay.operator.ByteSize;
import java.util.Optional;

/// Where a scan finds its vulnerability database.
public sealed interface Cache {
  /// Beside Trivy's two databases (0.1 and 1.2 GiB unpacked in 2026), the new ones while they
  /// replace the old ones, and room to grow.
  long ROOM_BYTES = 5L << 30;

  /// The place of a claim that is named after its key.
  String MANAGED = "managed";

  /// A volume that a database Job keeps and scans only read.
  ///
  /// @param managed whether the operator made the claim
  record Shared(String claimName, boolean managed) implements Cache {}

  /// A directory that each Job fills by itself.
  record Fresh(long sizeLimitBytes) implements Cache {}

  static Cache of(ScanPolicySpec spec, ScanInputs inputs) {
    var asked = Optional.ofNullable(spec.job()).map(Job::cache);
    var claim = asked.map(Job.Cache::claimName);
    if (claim.isPresent()) {
      return new Shared(claim.get(), false);
    }
    // Beside a server, only the Java index is fetched.
    if (asked.isPresent() || inputs.asksServer()) {
      return new Fresh(
          asked
              .map(Job.Cache::emptyDir)
              .map(Job.EmptyDir::sizeLimit)
              .map(ByteSize::parse)
              .orElse(ROOM_BYTES));
    }
    return new Shared("assay-trivy-" + inputs.databaseKey(MANAGED), true);
  }

  /// See `ScanInputs.databaseKey`.
  default String databaseKey(ScanInputs inputs) {
    return inputs.databaseKey(
        switch (this) {
          case Shared(var claim, var managed) -> managed ? MANAGED : "claim " + claim;
          case Fresh(var sizeLimitBytes) -> "fresh";
        });
  }

  /// Whether no scan may start before the database Job has filled it once.
  default boolean mustBeFilled() {
    return this instanceof Shared;
  }
}
