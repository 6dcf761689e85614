package dev.assay.operator.bucket;

import dev.assay.api.Condition;
import dev.assay.api.Vocabulary.ConditionTypes;
import dev.assay.api.Vocabulary.Reasons;
import dev.assay.api.bucket.BucketSpec;
import dev.assay.operator.status.Draft;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a Bucket goes. Pure.
sealed interface BucketDeletion {
  /// Nothing else is done: the namespace takes everything with it.
  record Finish() implements BucketDeletion {}

  /// The bytes stay on their volume, for a Bucket of the same name to come.
  record KeepBytes() implements BucketDeletion {}

  record DeleteBytes() implements BucketDeletion {}

  /// @param lookAgainIn an event tells earlier when an Artifact is gone
  record Blocked(List<Draft> drafts, Duration lookAgainIn) implements BucketDeletion {}

  Duration FIRST_LOOK = Duration.ofSeconds(30);
  Duration LONGEST = Duration.ofMinutes(5);

  /// As many names as a message is read for.
  int NAMED = 5;

  /// @param artifacts names of the Artifacts that refer to the Bucket
  /// @param blocked the condition DeletionBlocked as it is
  static BucketDeletion decide(
      BucketSpec spec,
      boolean namespaceTerminating,
      List<String> artifacts,
      Optional<Condition> blocked,
      Instant now) {
    if (namespaceTerminating) {
      return new Finish();
    }
    if (!artifacts.isEmpty()) {
      var since = blocked.map(Condition::lastTransitionTime).orElse(now);
      return new Blocked(drafts(artifacts), lookAgainIn(Duration.between(since, now)));
    }
    return spec.deletionPolicy() == BucketSpec.DeletionPolicy.Delete
        ? new DeleteBytes()
        : new KeepBytes();
  }

  /// Waits as long again as it has waited, from 30 s to 5 min.
  private static Duration lookAgainIn(Duration waited) {
    if (waited.compareTo(FIRST_LOOK) < 0) {
      return FIRST_LOOK;
    }
    return waited.compareTo(LONGEST) < 0 ? waited : LONGEST;
  }

  private static List<Draft> drafts(List<String> artifacts) {
    var message = message(artifacts);
    var drafts = new ArrayList<Draft>();
    drafts.add(Draft.fails(ConditionTypes.READY, Reasons.ARTIFACTS_REMAIN, message));
    drafts.add(Draft.holds(ConditionTypes.DELETION_BLOCKED, Reasons.ARTIFACTS_REMAIN, message));
    return drafts;
  }

  private static String message(List<String> artifacts) {
    var sorted = artifacts.stream().sorted().toList();
    var named = String.join(", ", sorted.subList(0, Math.min(NAMED, sorted.size())));
    var more = sorted.size() > NAMED ? " and " + (sorted.size() - NAMED) + " more" : "";
    return (sorted.size() == 1 ? "Artifact " : "Artifacts ")
        + named
        + more
        + (sorted.size() == 1 ? " is" : " are")
        + " still in this Bucket: delete them first";
  }
}
