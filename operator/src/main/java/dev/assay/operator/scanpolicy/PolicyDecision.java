package dev.assay.operator.scanpolicy;

import static java.time.temporal.ChronoUnit.SECONDS;

import dev.assay.api.scanpolicy.ScanPolicySpec;
import dev.assay.api.scanpolicy.ScanPolicyStatus;
import dev.assay.api.scanpolicy.ScanPolicyStatus.ExceptionCounts;
import dev.assay.api.scanpolicy.ScanPolicyStatusBuilder;
import dev.assay.operator.FluxDuration;
import dev.assay.operator.SpecOrRequestChanged;
import dev.assay.operator.images.ImagePlan;
import dev.assay.operator.owned.Applied;
import dev.assay.operator.scan.Cache;
import dev.assay.operator.scan.ScanInputs;
import dev.assay.operator.status.Conditions;
import dev.assay.policy.scan.ExceptionLedger;
import dev.assay.policy.scan.SpecRules;
import dev.assay.policy.signature.PolicyRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What follows from what was seen of a ScanPolicy. No I/O, no clock, no logging.
///
/// @param plan what to do for the database
/// @param images what to do for the images of Pods
/// @param wakeAt when something changes by itself
record PolicyDecision(
    DatabasePlan plan,
    SpecRules rules,
    Schedule schedule,
    ExceptionLedger exceptions,
    CountsPace counts,
    ImagePlan images,
    boolean tracked,
    Optional<Instant> wakeAt) {
  private static final Duration KEYS_READ_AGAIN = Duration.ofMinutes(10);
  private static final Duration KEYS_AWAITED = Duration.ofSeconds(30);

  private static final DatabasePlan NOTHING =
      new DatabasePlan(Optional.empty(), "", false, List.of(), Optional.empty());

  static PolicyDecision decide(Observed seen, Instant now) {
    var spec = seen.policy().getSpec();
    var plan = seen.database().map(d -> plan(seen, d, now)).orElse(NOTHING);
    var rules = SpecRules.of(spec);
    var exemptions = rules.rules().exemptions();
    var created = Instant.parse(seen.policy().getMetadata().getCreationTimestamp());
    var schedule = Schedule.of(spec, created, now);
    var was = seen.policy().getStatus();
    var counts =
        CountsPace.of(
            was == null ? null : was.counts(), seen.counts(), seen.countsWrittenAt(), now);
    var images = ImagePlan.decide(seen.images(), now);
    var tracked = Sharing.needsDatabase(spec);
    return new PolicyDecision(
        plan,
        rules,
        schedule,
        ExceptionLedger.at(now, exemptions),
        counts,
        images,
        tracked,
        Stream.of(
                plan.wakeAt(),
                schedule.next(),
                ExceptionLedger.changesAt(now, exemptions),
                counts.wakeAt(),
                images.wakeAt(),
                verifiersAt(seen, now),
                staleAt(tracked, plan))
            .flatMap(Optional::stream)
            .filter(now::isBefore)
            .min(Instant::compareTo));
  }

  // Secrets are not watched (decision 5): a key that was replaced is found by looking.
  private static Optional<Instant> verifiersAt(Observed seen, Instant now) {
    if (seen.verifiers().isEmpty()) {
      return Optional.empty();
    }
    var settled = unresolved(seen).isEmpty() && aging(seen).isEmpty();
    return Optional.of(now.plus(settled ? KEYS_READ_AGAIN : KEYS_AWAITED));
  }

  private static List<String> aging(Observed seen) {
    return seen.verifiers().stream()
        .filter(VerifierSight.Resolved.class::isInstance)
        .map(VerifierSight.Resolved.class::cast)
        .flatMap(v -> v.aging().stream())
        .distinct()
        .toList();
  }

  private static List<String> unresolved(Observed seen) {
    return seen.verifiers().stream()
        .filter(VerifierSight.Unresolved.class::isInstance)
        .map(VerifierSight.Unresolved.class::cast)
        .map(v -> "spec.verify of '%s': %s".formatted(v.rule(), v.message()))
        .toList();
  }

  private static Optional<Instant> staleAt(boolean tracked, DatabasePlan plan) {
    return tracked
        ? plan.known().map(known -> known.updatedAt().plus(Standing.STALE))
        : Optional.empty();
  }

  /// @param applied what became of what the policy owns
  Standing standing(Observed seen, List<Applied> applied) {
    var spec = seen.policy().getSpec();
    return new Standing(
        NotImplementedFields.usedBy(spec),
        Stream.of(
                schedule.problem().stream(),
                rules.problems().stream(),
                PolicyRules.problems(spec).stream())
            .flatMap(problems -> problems)
            .toList(),
        unresolved(seen),
        aging(seen),
        seen.image(),
        spec.engine() != null && spec.engine().image() != null,
        applied,
        Cache.of(spec, ScanInputs.of(spec, "")).mustBeFilled(),
        tracked,
        Sharing.isSuspended(spec),
        plan);
  }

  ScanPolicyStatus status(Observed seen, List<Applied> applied, Instant now) {
    var was = seen.policy().getStatus();
    var generation = seen.policy().getMetadata().getGeneration();
    var known = tracked ? plan.known() : Optional.<DatabasePlan.Known>empty();
    return ScanPolicyStatusBuilder.of(was)
        .observedGeneration(generation)
        .databaseUpdatedAt(whole(known.map(DatabasePlan.Known::updatedAt)))
        .databaseCheckedAt(whole(known.map(DatabasePlan.Known::checkedAt)))
        .lastRescanAt(whole(schedule.last()))
        .nextRescanAt(whole(schedule.next()))
        .counts(counts.counts())
        .exceptions(
            new ExceptionCounts(
                exceptions.active(), exceptions.expiringSoon(), exceptions.expired()))
        .verifiers(VerifierSight.resolved(seen.verifiers()))
        .images(images.verdicts())
        .lastHandledReconcileAt(SpecOrRequestChanged.requestedAt(seen.policy()))
        .conditions(
            Conditions.merge(
                was == null ? List.of() : was.conditions(),
                standing(seen, applied).drafts(now),
                generation,
                now))
        .build();
  }

  private static DatabasePlan plan(Observed seen, Observed.Database database, Instant now) {
    var policy = seen.policy();
    var handled = policy.getStatus() == null ? null : policy.getStatus().lastHandledReconcileAt();
    var asked = SpecOrRequestChanged.requestedAt(policy);
    return DatabasePlan.of(
        new DatabasePlan.Facts(
            database.runs(),
            database.wanted(),
            database.keptByUs(),
            interval(policy.getSpec()),
            asked != null && !asked.equals(handled)),
        now);
  }

  private static Duration interval(ScanPolicySpec spec) {
    var asked = spec.interval();
    return asked == null ? DatabasePlan.INTERVAL : FluxDuration.parse(asked);
  }

  // Metadata and status have whole seconds everywhere else.
  private static @Nullable Instant whole(Optional<Instant> time) {
    return time.map(t -> t.truncatedTo(SECONDS)).orElse(null);
  }
}
