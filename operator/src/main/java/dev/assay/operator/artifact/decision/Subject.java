package dev.assay.operator.artifact.decision;

import dev.assay.api.Condition;
import dev.assay.api.Vocabulary.ConditionTypes;
import dev.assay.api.artifact.ArtifactSpec;
import dev.assay.api.artifact.ArtifactStatus;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The Artifact itself: what is wanted, and what was written of it last.
///
/// @param requestedAt value of the annotation that forces a reconcile; empty when absent
/// @param status as it stands in the API, the operator's only memory
public record Subject(
    String namespace,
    String name,
    String uid,
    long generation,
    Map<String, String> labels,
    String requestedAt,
    ArtifactSpec spec,
    ArtifactStatus status) {

  /// Whether a person asked for a reconcile that was not handled yet.
  public boolean pressed() {
    return !requestedAt.isEmpty() && !requestedAt.equals(status.lastHandledReconcileAt());
  }

  /// Where the bytes lie or shall lie.
  public LocationKey key() {
    return LocationKey.of(text(spec.key()), name, spec.version(), text(spec.filename()));
  }

  /// The upload session's id: the Artifact's UID, so that a crash between any two steps leaves
  /// nothing to remember.
  public String session() {
    return uid;
  }

  public Optional<Condition> condition(String type) {
    return status.conditions().stream().filter(c -> c.type().equals(type)).findFirst();
  }

  /// Whether the last summary said that the bytes are fit to be served.
  public boolean wasReady() {
    return condition(ConditionTypes.READY)
        .filter(c -> c.status() == Condition.Status.True)
        .isPresent();
  }

  private static String text(@Nullable String maybe) {
    return maybe == null ? "" : maybe;
  }
}
