package dev.assay.operator.status;

import dev.assay.api.Condition.Status;

/// A condition as a decision wants it; `Conditions.merge` adds generation and times.
///
/// @param reason a word from `Vocabulary.Reasons`
/// @param message a sentence for people; it is cut to what an Event may hold
public record Draft(String type, Status status, String reason, String message) {
  public Draft {
    message = Message.of(message);
  }

  public static Draft holds(String type, String reason, String message) {
    return new Draft(type, Status.True, reason, message);
  }

  public static Draft fails(String type, String reason, String message) {
    return new Draft(type, Status.False, reason, message);
  }

  public static Draft unknown(String type, String reason, String message) {
    return new Draft(type, Status.Unknown, reason, message);
  }
}
