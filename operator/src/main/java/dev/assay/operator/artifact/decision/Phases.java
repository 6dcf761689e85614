package dev.assay.operator.artifact.decision;

import dev.assay.api.artifact.ArtifactStatus;
import dev.assay.api.artifact.ArtifactStatus.Phase;
import dev.assay.operator.status.Readiness;
import org.jspecify.annotations.Nullable;

/// One word for people; no program and no decision reads it.
final class Phases {
  private Phases() {}

  static @Nullable Phase of(Standing standing, ArtifactStatus next, ArtifactStatus was) {
    return switch (standing) {
      case Standing.Quarantined _ -> Phase.Quarantined;
      case Standing.Unchanged _, Standing.Suspended _ -> was.phase();
      case Standing.Common(var readiness) ->
          switch (readiness) {
            case Readiness.Ready _ -> Phase.Ready;
            case Readiness.Stalled _ -> Phase.Failed;
            case Readiness.Waiting _, Readiness.Progressing _, Readiness.Retrying _ ->
                underWay(next);
          };
    };
  }

  private static Phase underWay(ArtifactStatus next) {
    if (next.digest() != null) {
      return Phase.Scanning;
    }
    var upload = next.upload();
    return upload != null && upload.bytesReceived() != null && upload.bytesReceived() > 0
        ? Phase.Receiving
        : Phase.Pending;
  }
}
