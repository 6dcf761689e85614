package dev.assay.operator.status;

import static dev.assay.api.Vocabulary.ConditionTypes.READY;
import static dev.assay.api.Vocabulary.ConditionTypes.RECONCILING;
import static dev.assay.api.Vocabulary.ConditionTypes.STALLED;
import static dev.assay.api.Vocabulary.Reasons.PROGRESSING;
import static dev.assay.api.Vocabulary.Reasons.PROGRESSING_WITH_RETRY;
import static dev.assay.api.Vocabulary.Reasons.SUCCEEDED;

import java.util.List;

/// The summary of an object, in the only combinations of Ready, Reconciling and Stalled that
/// kstatus reads as meant.
public sealed interface Readiness {
  /// Everything asked for is there (kstatus: Current).
  record Ready(String message) implements Readiness {}

  /// Somebody else's turn, e.g. an upload that has not come (kstatus: InProgress).
  record Waiting(String reason, String message) implements Readiness {}

  /// Our turn, and going on (kstatus: InProgress).
  record Progressing(String message) implements Readiness {}

  /// A failure that is tried again by itself (kstatus: InProgress).
  record Retrying(String reason, String message) implements Readiness {}

  /// A failure that only a person can end: no retry (kstatus: Failed).
  record Stalled(String reason, String message) implements Readiness {}

  /// Ready and what stands beside it.
  default List<Draft> drafts() {
    return switch (this) {
      case Ready(var message) -> List.of(Draft.holds(READY, SUCCEEDED, message));
      case Waiting(var reason, var message) -> List.of(Draft.unknown(READY, reason, message));
      case Progressing(var message) ->
          List.of(
              Draft.unknown(READY, PROGRESSING, message),
              Draft.holds(RECONCILING, PROGRESSING, message));
      case Retrying(var reason, var message) ->
          List.of(
              Draft.fails(READY, reason, message),
              Draft.holds(RECONCILING, PROGRESSING_WITH_RETRY, message));
      case Stalled(var reason, var message) ->
          List.of(Draft.fails(READY, reason, message), Draft.holds(STALLED, reason, message));
    };
  }
}
