package dev.assay.operator.artifact.decision;

import dev.assay.api.Vocabulary.Reasons;
import java.util.Optional;

/// What is in the way before anything else is looked at.
record Obstacle(Standing standing) {
  static final String KEY_CONFLICT = "KeyConflict";

  /// The first one, the surest knowledge first: what the spec says, then the Bucket, then the
  /// policy, then the neighbours.
  static Optional<Obstacle> first(Observed seen) {
    return spec(seen.subject()).or(() -> bucket(seen)).or(() -> policy(seen)).or(() -> key(seen));
  }

  private static Optional<Obstacle> spec(Subject subject) {
    var unbuilt = NotImplemented.firstUsed(subject.spec());
    if (unbuilt.isPresent()) {
      return Optional.of(notImplemented(unbuilt.get().path()));
    }
    return subject.key() instanceof LocationKey.Refused(var message)
        ? stalled(Reasons.INVALID_SPEC, message)
        : Optional.empty();
  }

  private static Optional<Obstacle> bucket(Observed seen) {
    return switch (seen.bucket()) {
      case BucketSight.Serving _ -> Optional.empty();
      case BucketSight.Missing(var name) ->
          Optional.of(
              new Obstacle(
                  Standing.retrying(
                      Reasons.DEPENDENCY_NOT_READY,
                      "Bucket '%s' does not exist in this namespace; create it".formatted(name))));
      case BucketSight.NotReady(var name, var why) ->
          Optional.of(waiting(seen, "Bucket '%s' is not ready: %s".formatted(name, why)));
    };
  }

  private static Optional<Obstacle> policy(Observed seen) {
    return switch (seen.policy()) {
      case PolicySight.Unscanned _ -> Optional.empty();
      case PolicySight.Refused(var reason, var message) -> stalled(reason, message);
      case PolicySight.NotReady(var name, var why) ->
          Optional.of(waiting(seen, "ScanPolicy '%s' is not ready: %s".formatted(name, why)));
      case PolicySight.InForce _ -> Optional.empty();
    };
  }

  private static Optional<Obstacle> key(Observed seen) {
    return seen.keyTakenBy()
        .flatMap(other ->
            stalled(
                KEY_CONFLICT,
                "Artifact '%s' has the same key in this Bucket and is older; give this one another spec.key"
                    .formatted(other)));
  }

  private static Obstacle notImplemented(String path) {
    return new Obstacle(
        Standing.stalled(
            Reasons.NOT_IMPLEMENTED,
            "this build of Assay does not act on %s, and releases nothing that asks for it; remove it"
                .formatted(path)));
  }

  private static Optional<Obstacle> stalled(String reason, String message) {
    return Optional.of(new Obstacle(Standing.stalled(reason, message)));
  }

  // A data plane that restarts says nothing about bytes that have passed.
  private static Obstacle waiting(Observed seen, String message) {
    return new Obstacle(
        seen.subject().wasReady()
            ? new Standing.Unchanged()
            : Standing.retrying(Reasons.DEPENDENCY_NOT_READY, message));
  }
}
