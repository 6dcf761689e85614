package dev.assay.operator.scanpolicy;

import dev.assay.api.Vocabulary.ConditionTypes;
import dev.assay.api.Vocabulary.Reasons;
import dev.assay.operator.owned.Applied;
import dev.assay.operator.scan.EngineImage;
import dev.assay.operator.status.Draft;
import dev.assay.operator.status.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a ScanPolicy says of itself.
///
/// @param notImplemented paths of fields that this build does not act on
/// @param problems what is wrong with the spec beyond the schema, a sentence each
/// @param unresolved rules of `spec.verify` whose Secrets cannot be used, a sentence each
/// @param aging why trust roots in use are not the latest, a sentence each
/// @param chosen whether `spec.engine.image` names an image
/// @param applied what became of claim and NetworkPolicies
/// @param mustBeFilled whether scans wait for the database Job
/// @param tracked whether this policy follows the database's age
record Standing(
    List<String> notImplemented,
    List<String> problems,
    List<String> unresolved,
    List<String> aging,
    EngineImage image,
    boolean chosen,
    List<Applied> applied,
    boolean mustBeFilled,
    boolean tracked,
    boolean suspended,
    DatabasePlan database) {
  /// Upstream builds every six hours, and mirrors sync at least on working days: a weekend long.
  static final Duration STALE = Duration.ofDays(3);

  List<Draft> drafts(Instant now) {
    return Stream.concat(readiness().drafts().stream(), stale(now).stream()).toList();
  }

  /// In this order: what a person must do, what is tried again, what is under way.
  Readiness readiness() {
    if (!notImplemented.isEmpty()) {
      return new Readiness.Stalled(
          Reasons.NOT_IMPLEMENTED,
          "this build does not act on %s, and releases nothing under this policy; remove it"
              .formatted(String.join(", ", notImplemented)));
    }
    if (image instanceof EngineImage.Refused(var message)) {
      return new Readiness.Stalled(
          chosen ? Reasons.ACCESS_DENIED : Reasons.DEPENDENCY_NOT_READY, message);
    }
    if (!problems.isEmpty()) {
      return new Readiness.Stalled(Reasons.INVALID_SPEC, String.join("; ", problems));
    }
    if (!unresolved.isEmpty()) {
      return new Readiness.Retrying(Reasons.DEPENDENCY_NOT_READY, String.join("; ", unresolved));
    }
    return applied.stream()
        .flatMap(a -> obstacle(a).stream())
        .findFirst()
        .orElseGet(this::byDatabase);
  }

  private Readiness byDatabase() {
    var beside =
        Stream.concat(
                suspended ? Stream.of("suspended, so no scan is started") : Stream.empty(),
                aging.stream())
            .map("; "::concat)
            .collect(Collectors.joining());
    if (database.known().isPresent()) {
      return new Readiness.Ready(
          "the vulnerability database is of " + database.known().get().updatedAt() + beside);
    }
    if (!mustBeFilled) {
      return new Readiness.Ready("each scan fetches or asks for its own database" + beside);
    }
    if (suspended) {
      return new Readiness.Waiting(
          Reasons.SUSPENDED, "suspended before a vulnerability database was there");
    }
    return database.failing()
        ? new Readiness.Retrying(Reasons.DATABASE_UNAVAILABLE, database.obstacle())
        : new Readiness.Progressing("fetching the vulnerability database: " + database.obstacle());
  }

  private static Optional<Readiness> obstacle(Applied applied) {
    return switch (applied) {
      case Applied.Done(var written) -> Optional.empty();
      case Applied.Foreign(var object) ->
          Optional.of(
              new Readiness.Stalled(
                  Reasons.NAME_CONFLICT,
                  object + " exists and is not Assay's; delete or rename it"));
      case Applied.Contested(var object, var fields) ->
          Optional.of(
              new Readiness.Stalled(
                  Reasons.NAME_CONFLICT, object + " is changed by somebody else: " + fields));
      case Applied.Denied(var object) ->
          Optional.of(
              new Readiness.Stalled(
                  Reasons.ACCESS_DENIED,
                  "the operator may not write %s; bind the ClusterRole assay-operator"
                      .formatted(object)));
      case Applied.Refused(var object, var why) ->
          Optional.of(
              new Readiness.Retrying(Reasons.DEPENDENCY_NOT_READY, object + " is refused: " + why));
    };
  }

  /// Absent where nobody follows the database's age.
  private Optional<Draft> stale(Instant now) {
    if (!tracked || database.known().isEmpty()) {
      return Optional.empty();
    }
    var updatedAt = database.known().get().updatedAt();
    var behind = database.failing() ? "; the last refresh failed: " + database.obstacle() : "";
    return Optional.of(
        now.isBefore(updatedAt.plus(STALE))
            ? Draft.fails(
                ConditionTypes.DATABASE_STALE,
                Reasons.SUCCEEDED,
                "the database is of " + updatedAt + behind)
            : Draft.holds(
                ConditionTypes.DATABASE_STALE,
                database.failing() ? Reasons.DATABASE_UNAVAILABLE : "OldDatabase",
                "the database is of %s, more than %d days old; see whether its repository is kept up to date%s"
                    .formatted(updatedAt, STALE.toDays(), behind)));
  }
}
