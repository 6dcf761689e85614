package dev.assay.operator.artifact.decision;

import dev.assay.operator.scan.ScanInputs;
import dev.assay.policy.scan.VerdictRules;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The ScanPolicy that judges an Artifact.
public sealed interface PolicySight {
  /// None is asked for, and the Bucket serves what it gets (`release: Immediately`).
  record Unscanned() implements PolicySight {}

  /// Nothing may be released until a person acts.
  record Refused(String reason, String message) implements PolicySight {}

  /// It exists, but its own reconciler has not accepted it.
  record NotReady(String name, String why) implements PolicySight {}

  /// It judges.
  ///
  /// @param inputs scanners, engine and options: what a scan's result depends on
  /// @param maxReportAge how long a verdict is good
  /// @param quarantinesOnError whether bytes whose scans keep failing are quarantined
  /// @param retries attempts after a failed one before it counts as lasting
  /// @param selects whether an exception depends on the Artifact's labels
  /// @param startsScans whether it does now, and why not
  record InForce(
      String name,
      long generation,
      VerdictRules rules,
      ScanInputs inputs,
      Duration maxReportAge,
      boolean quarantinesOnError,
      int retries,
      long maxScanSizeBytes,
      boolean selects,
      Starts startsScans,
      Rescans rescans)
      implements PolicySight {
    public String inputsHash() {
      return inputs.hash();
    }
  }

  /// Whether a policy starts scans.
  enum Starts {
    Now,
    /// Not while `spec.suspend` is true.
    Suspended,
    /// Not before the shared vulnerability database was filled once.
    NoDatabase
  }

  /// What makes a verdict due for another scan.
  ///
  /// @param onDatabaseUpdate whether a newer database does
  /// @param databaseUpdatedAt when the newest known one was built
  /// @param lastSlot when the schedule last struck
  /// @param nextSlot when it strikes next, for people
  record Rescans(
      boolean onDatabaseUpdate,
      Optional<Instant> databaseUpdatedAt,
      Optional<Instant> lastSlot,
      Optional<Instant> nextSlot) {}
}
