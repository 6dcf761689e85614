package dev.assay.operator.artifact.decision;

import dev.assay.api.Condition;
import dev.assay.api.Vocabulary.ConditionTypes;
import dev.assay.api.Vocabulary.Reasons;
import dev.assay.api.artifact.ArtifactSpec.DeletionPolicy;
import dev.assay.api.artifact.ArtifactStatus;
import dev.assay.api.artifact.ArtifactStatus.Phase;
import dev.assay.api.artifact.ArtifactStatusBuilder;
import dev.assay.operator.status.Announcement;
import dev.assay.operator.status.Conditions;
import dev.assay.operator.status.Draft;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What must go before an Artifact may.
///
/// Secrets and Jobs have the Artifact as their owner, so Kubernetes removes them.
public final class DeletionDecision {
  /// What is seen of an Artifact that is being deleted.
  ///
  /// @param policy what happens to the bytes
  /// @param bucketThere whether the Bucket exists and is not itself going away with its namespace
  /// @param versionId of the stored bytes, where status knows it
  /// @param sha256 of the stored bytes, where status knows it
  /// @param sharesReports whether another Artifact of the Bucket has the same digest, and so the
  ///   same reports
  /// @param mayHaveSession whether an upload session was ever opened
  public record Observed(
      String uid,
      DeletionPolicy policy,
      boolean bucketThere,
      Optional<String> versionId,
      Optional<String> sha256,
      boolean sharesReports,
      boolean mayHaveSession) {}

  /// One call to the store. All may be made again.
  public sealed interface Removal {
    record Session(String id) implements Removal {}

    record Version(String versionId) implements Removal {}

    /// @param prefix below `.assay/`
    record Reports(String prefix) implements Removal {}
  }

  private static final Duration SHORTEST = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private DeletionDecision() {}

  /// What to remove from the store, in this order: first nothing more may arrive, then the bytes,
  /// then what was written about them. Empty when the Artifact may go at once.
  public static List<Removal> decide(Observed seen) {
    if (!seen.bucketThere()) {
      return List.of();
    }
    var session =
        seen.mayHaveSession()
            ? List.<Removal>of(new Removal.Session(seen.uid()))
            : List.<Removal>of();
    if (seen.policy() == DeletionPolicy.Retain) {
      return session;
    }
    var removals = new ArrayList<>(session);
    seen.versionId().map(Removal.Version::new).ifPresent(removals::add);
    seen.sha256()
        .filter(_ -> !seen.sharesReports())
        .map(hex -> new Removal.Reports(".assay/reports/" + hex + "/"))
        .ifPresent(removals::add);
    return List.copyOf(removals);
  }

  /// What is said while the store could not be told.
  public static Decision blocked(Subject subject, String why, Instant now) {
    var was = subject.status();
    var message =
        "Bucket '%s' could not be told to remove the bytes: %s; it is tried again, and deleting the Bucket lets this Artifact go"
            .formatted(subject.spec().bucketRef().name(), why);
    var drafts = new ArrayList<Draft>();
    was.conditions().stream()
        .filter(c -> !c.type().equals(ConditionTypes.DELETION_BLOCKED))
        .map(c -> new Draft(c.type(), c.status(), c.reason(), c.message()))
        .forEach(drafts::add);
    drafts.add(Draft.holds(ConditionTypes.DELETION_BLOCKED, Reasons.STORE_UNAVAILABLE, message));
    var status =
        ArtifactStatusBuilder.of(was)
            .phase(Phase.Deleting)
            .observedGeneration(subject.generation())
            .conditions(Conditions.merge(was.conditions(), drafts, subject.generation(), now))
            .build();
    return new Decision(
        status,
        new Next.Rest(),
        Optional.empty(),
        Announcement.between(
            was.conditions(), status.conditions(), List.of(ConditionTypes.DELETION_BLOCKED)));
  }

  /// How long to wait before the next try: as long as it has been blocked, between 30 s and 5 min,
  /// which doubles each time.
  ///
  /// @param blocked the status that `blocked` gave
  public static Duration pause(ArtifactStatus blocked, Instant now, String uid) {
    var since =
        Conditions.find(blocked.conditions(), ConditionTypes.DELETION_BLOCKED)
            .map(Condition::lastTransitionTime)
            .orElse(now);
    var soFar = Duration.between(since, now);
    var wait = soFar.compareTo(SHORTEST) < 0 ? SHORTEST : soFar;
    var capped = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    return capped.plus(Spread.of(uid, capped.dividedBy(10)));
  }
}
