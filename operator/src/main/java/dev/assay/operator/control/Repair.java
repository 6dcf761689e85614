package dev.assay.operator.control;

import dev.assay.api.Artifact;
import dev.assay.api.Condition;
import dev.assay.api.Vocabulary.ConditionTypes;
import dev.assay.wire.control.StoredVersion;
import dev.assay.wire.control.VersionState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Compares a store's listing with what Artifacts say of themselves, and finds those that should
/// look again. Pure.
final class Repair {
  private Repair() {}

  /// Artifacts that the feed may have missed.
  static List<Artifact> missed(List<StoredVersion> versions, List<Artifact> artifacts) {
    var byId = new HashMap<String, StoredVersion>();
    var bySession = new HashMap<String, StoredVersion>();
    for (var version : versions) {
      byId.put(version.versionId(), version);
      var session = version.session();
      if (session != null) {
        bySession.put(Sessions.artifactUid(session), version);
      }
    }
    return artifacts.stream().filter(a -> differs(a, byId, bySession)).toList();
  }

  private static boolean differs(
      Artifact artifact, Map<String, StoredVersion> byId, Map<String, StoredVersion> bySession) {
    var recorded = versionId(artifact);
    if (recorded.isEmpty()) {
      return bySession.containsKey(artifact.getMetadata().getUid());
    }
    var stored = byId.get(recorded.get());
    return stored == null || stored.state() != expected(artifact);
  }

  /// What the store should say of an Artifact's version if its last reconciliation came to an end.
  private static VersionState expected(Artifact artifact) {
    if (is(artifact, ConditionTypes.QUARANTINED)) {
      return VersionState.Quarantined;
    }
    return is(artifact, ConditionTypes.READY) ? VersionState.Released : VersionState.Staged;
  }

  /// Whether it waits for something that a data plane may bring.
  static boolean isUnfinished(Artifact artifact) {
    return !is(artifact, ConditionTypes.READY) || is(artifact, ConditionTypes.RECONCILING);
  }

  private static Optional<String> versionId(Artifact artifact) {
    var status = artifact.getStatus();
    return status == null || status.location() == null
        ? Optional.empty()
        : Optional.ofNullable(status.location().versionId());
  }

  private static boolean is(Artifact artifact, String type) {
    var status = artifact.getStatus();
    return status != null
        && status.conditions().stream()
            .anyMatch(c -> c.type().equals(type) && c.status() == Condition.Status.True);
  }
}
