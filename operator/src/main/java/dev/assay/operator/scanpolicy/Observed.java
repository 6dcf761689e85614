package dev.assay.operator.scanpolicy;

import dev.assay.api.ScanPolicy;
import dev.assay.api.scanpolicy.ScanPolicyStatus.Counts;
import dev.assay.operator.images.ImageFacts;
import dev.assay.operator.scan.EngineImage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What was seen of a ScanPolicy and of what surrounds it.
///
/// @param database empty when no image may run, so that nothing can be asked
/// @param verifiers what each rule of `spec.verify` means
/// @param counts of its Artifacts now
/// @param images of Pods that the policy is about
/// @param countsWrittenAt when this process wrote other counts last; empty for never
record Observed(
    ScanPolicy policy,
    EngineImage image,
    Optional<Database> database,
    List<VerifierSight> verifiers,
    Counts counts,
    ImageFacts images,
    Optional<Instant> countsWrittenAt) {

  /// @param runs the Jobs of the database that the policy uses
  /// @param keptByUs whether this policy acts for all that share it
  /// @param wanted whether any of them needs it
  record Database(List<DatabaseRun> runs, boolean keptByUs, boolean wanted) {}
}
