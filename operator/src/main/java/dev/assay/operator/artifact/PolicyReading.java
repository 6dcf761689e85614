package dev.assay.operator.artifact;

import dev.assay.api.Condition;
import dev.assay.api.ScanPolicy;
import dev.assay.api.Vocabulary.ConditionTypes;
import dev.assay.api.scanpolicy.ScanPolicySpec;
import dev.assay.api.scanpolicy.ScanPolicyStatus;
import dev.assay.operator.FluxDuration;
import dev.assay.operator.artifact.decision.PolicySight;
import dev.assay.operator.artifact.decision.PolicySight.Starts;
import dev.assay.operator.scan.Cache;
import dev.assay.operator.scan.EngineImage;
import dev.assay.operator.scan.JobSettings;
import dev.assay.operator.scan.ScanInputs;
import dev.assay.operator.status.Conditions;
import dev.assay.policy.scan.SpecRules;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// From a ScanPolicy to what it means for the Artifacts under it.
final class PolicyReading {
  /// The CRD's default, for objects that never passed an API server.
  private static final Duration USUAL_REPORT_AGE = Duration.ofDays(7);

  private PolicyReading() {}

  /// @param ownImage the operator's scan image
  /// @param allowedImages prefixes of others
  static PolicySight sight(
      ScanPolicy policy, Optional<String> ownImage, List<String> allowedImages) {
    var spec = policy.getSpec();
    var name = policy.getMetadata().getName();
    var rejected = rejection(policy.getStatus());
    if (rejected.isPresent()) {
      return new PolicySight.NotReady(name, rejected.get());
    }
    var engine = spec.engine();
    var image =
        EngineImage.choose(
            Optional.ofNullable(engine == null ? null : engine.image()), ownImage, allowedImages);
    return switch (image) {
      case EngineImage.Refused(var message) -> new PolicySight.NotReady(name, message);
      case EngineImage.Allowed(var reference) ->
          inForce(policy, ScanInputs.of(spec, reference), JobSettings.of(spec));
    };
  }

  private static PolicySight inForce(ScanPolicy policy, ScanInputs inputs, JobSettings settings) {
    var spec = policy.getSpec();
    var rules = SpecRules.of(spec).rules();
    return new PolicySight.InForce(
        policy.getMetadata().getName(),
        policy.getMetadata().getGeneration(),
        rules,
        inputs,
        spec.maxReportAge() == null ? USUAL_REPORT_AGE : FluxDuration.parse(spec.maxReportAge()),
        spec.onError() == ScanPolicySpec.OnError.Quarantine,
        settings.retries(),
        settings.maxScanSizeBytes(),
        spec.exceptions().stream().anyMatch(e -> e.selector() != null),
        starts(policy, inputs),
        rescans(spec, policy.getStatus()));
  }

  private static Starts starts(ScanPolicy policy, ScanInputs inputs) {
    if (Boolean.TRUE.equals(policy.getSpec().suspend())) {
      return Starts.Suspended;
    }
    var status = policy.getStatus();
    var filled = status != null && status.databaseUpdatedAt() != null;
    return Cache.of(policy.getSpec(), inputs).mustBeFilled() && !filled
        ? Starts.NoDatabase
        : Starts.Now;
  }

  private static PolicySight.Rescans rescans(
      ScanPolicySpec spec, @Nullable ScanPolicyStatus status) {
    var rescan = spec.rescan();
    var onDatabaseUpdate = rescan != null && Boolean.TRUE.equals(rescan.onDatabaseUpdate());
    return status == null
        ? new PolicySight.Rescans(
            onDatabaseUpdate, Optional.empty(), Optional.empty(), Optional.empty())
        : new PolicySight.Rescans(
            onDatabaseUpdate,
            Optional.ofNullable(status.databaseUpdatedAt()),
            Optional.ofNullable(status.lastRescanAt()),
            Optional.ofNullable(status.nextRescanAt()));
  }

  /// What of a policy's status makes a difference to Artifacts.
  static List<Object> occasions(ScanPolicy policy) {
    var status = policy.getStatus();
    return status == null
        ? List.of()
        : List.of(
            Optional.ofNullable(status.databaseUpdatedAt()),
            Optional.ofNullable(status.lastRescanAt()),
            status.verifiers(),
            rejection(status));
  }

  // A stale database or a full queue is no reason to stop; what a person must correct is.
  private static Optional<String> rejection(@Nullable ScanPolicyStatus status) {
    return status == null
        ? Optional.empty()
        : Conditions.find(status.conditions(), ConditionTypes.STALLED)
            .filter(c -> c.status() == Condition.Status.True)
            .map(Condition::message);
  }
}
