package dev.assay.dataplane.store.filesystem;

import dev.assay.wire.control.SessionStatus;
import dev.assay.wire.control.StoredVersion;
import dev.assay.wire.control.UploadSession;
import java.time.Instant;
import java.util.Optional;

/// An upload session as the index has it.
///
/// @param completed the version as it was stored, if the session had its success
record SessionRow(
    UploadSession session,
    Optional<StoredVersion> completed,
    Optional<SessionStatus.Refusal> lastRefusal) {

  SessionStatus.Phase phase(Instant now) {
    if (completed.isPresent()) {
      return SessionStatus.Phase.Completed;
    }
    return now.isBefore(session.expiresAt())
        ? SessionStatus.Phase.Open
        : SessionStatus.Phase.Expired;
  }
}
