package dev.assay.operator.status;

import dev.assay.api.Condition;
import dev.assay.api.Condition.Status;
import dev.assay.api.Vocabulary.ConditionTypes;
import dev.assay.api.Vocabulary.Reasons;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// Something that people should hear of: an Event to be.
///
/// @param reason a word from `Vocabulary.Reasons`
public record Announcement(Type type, String reason, String message) {
  /// Conditions that are bad news when they hold; all others are when they do not.
  private static final Set<String> ABNORMAL =
      Set.of(
          ConditionTypes.QUARANTINED,
          ConditionTypes.FETCH_FAILED,
          ConditionTypes.STORAGE_OPERATION_FAILED,
          ConditionTypes.ARTIFACT_OUTDATED,
          ConditionTypes.DELETION_BLOCKED,
          ConditionTypes.QUOTA_EXCEEDED,
          ConditionTypes.DATABASE_STALE);

  public enum Type {
    Normal,
    Warning
  }

  public Announcement {
    message = Message.of(message);
  }

  /// What a change of conditions is worth: one for Ready when its status or reason is another, and
  /// one for each condition among `alsoOf` likewise. A message alone announces nothing, so that a
  /// number that moves does not fill etcd. Reconciling and Stalled only repeat what Ready says.
  public static List<Announcement> between(
      List<Condition> was, List<Condition> is, Collection<String> alsoOf) {
    return is.stream()
        .filter(c -> c.type().equals(ConditionTypes.READY) || alsoOf.contains(c.type()))
        .filter(c -> isNews(was, c))
        .map(c -> new Announcement(typeOf(c), c.reason(), c.message()))
        .distinct()
        .toList();
  }

  private static boolean isNews(List<Condition> was, Condition is) {
    return Conditions.find(was, is.type())
        .filter(old -> old.status() == is.status() && old.reason().equals(is.reason()))
        .isEmpty();
  }

  private static Type typeOf(Condition c) {
    var bad = ABNORMAL.contains(c.type()) ? Status.True : Status.False;
    return c.status() == bad || c.reason().equals(Reasons.REPORT_STALE)
        ? Type.Warning
        : Type.Normal;
  }
}
