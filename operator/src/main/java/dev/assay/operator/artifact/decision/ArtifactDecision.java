package dev.assay.operator.artifact.decision;

import dev.assay.api.Vocabulary.ConditionTypes;
import dev.assay.api.Vocabulary.Reasons;
import dev.assay.operator.status.Draft;
import java.time.Instant;

/// Decides what to report of an Artifact and what to do next for it. No I/O, no clock, no logging.
public final class ArtifactDecision {
  private ArtifactDecision() {}

  public static Decision decide(Observed seen, Instant now) {
    var draft = new StatusDraft(seen.subject().status());
    return Summary.of(seen.subject(), draft, outcome(seen, draft, now), now);
  }

  /// What is said when a step could not be done; the caller tries again.
  ///
  /// @param reason a word from `Vocabulary.Reasons`
  public static Decision hindered(Subject subject, String reason, String why, Instant now) {
    var standing = subject.wasReady() ? new Standing.Unchanged() : Standing.retrying(reason, why);
    return Summary.of(subject, new StatusDraft(subject.status()), Outcome.rest(standing), now);
  }

  private static Outcome outcome(Observed seen, StatusDraft draft, Instant now) {
    var subject = seen.subject();
    if (Boolean.TRUE.equals(subject.spec().suspend())) {
      return Outcome.rest(new Standing.Suspended());
    }
    var obstacle = Obstacle.first(seen);
    if (obstacle.isPresent()) {
      return blocked(seen, draft, obstacle.get());
    }
    if (subject.key() instanceof LocationKey.Usable(var key)) {
      draft.locate(subject.spec().bucketRef().name(), key);
      return unhindered(seen, key, draft, now);
    }
    throw new IllegalStateException("a refused key is an obstacle");
  }

  private static Outcome unhindered(Observed seen, String key, StatusDraft draft, Instant now) {
    return switch (seen.version()) {
      case Sights.Version.Stored(var version) -> StoredDecision.decide(seen, version, draft, now);
      case Sights.Version.Gone(var versionId) -> gone(seen, versionId, draft);
      case Sights.Version.NotAsked _ -> upload(seen, key, draft, now);
    };
  }

  private static Outcome upload(Observed seen, String key, StatusDraft draft, Instant now) {
    var asked = seen.subject().spec().source().upload();
    if (asked == null || !(seen.bucket() instanceof BucketSight.Serving bucket)) {
      throw new IllegalStateException("other sources and Buckets that do not serve are obstacles");
    }
    var plan = UploadPlan.of(seen.subject(), asked, key, bucket, seen.partUrlLength());
    return UploadDecision.decide(seen, plan, draft, now);
  }

  private static Outcome gone(Observed seen, String versionId, StatusDraft draft) {
    var message =
        "version '%s' was deleted from the Bucket; delete this Artifact, or create another one"
            .formatted(versionId);
    draft.condition(
        Draft.fails(ConditionTypes.ARTIFACT_IN_STORAGE, Reasons.OBJECT_MISSING, message));
    return DownloadDecision.withdraw(
        seen, draft, Standing.stalled(Reasons.OBJECT_MISSING, message));
  }

  private static Outcome blocked(Observed seen, StatusDraft draft, Obstacle obstacle) {
    return obstacle.standing() instanceof Standing.Unchanged
        ? Outcome.rest(obstacle.standing())
        : DownloadDecision.withdraw(seen, draft, obstacle.standing());
  }
}
