package dev.assay.dataplane.store.filesystem;

import dev.assay.dataplane.store.Refusal;
import dev.assay.wire.control.Change;
import dev.assay.wire.control.SessionStatus;
import java.io.IOException;
import java.util.Optional;

/// Keeps what went wrong with a session's uploads, and tells the feed.
final class Refusals {
  private final Index index;

  Refusals(Index index) {
    this.index = index;
  }

  /// Does nothing for what says nothing of the bytes, and for a session that is completed or gone.
  void record(String session, Refusal refusal) throws IOException {
    var shown = shown(refusal);
    if (shown.isPresent()) {
      index.write(tx -> record(tx, session, shown.get()));
    }
  }

  private static boolean record(Tx tx, String session, SessionStatus.Refusal refusal)
      throws IOException {
    var row = SessionTable.byId(tx.sql(), session);
    if (row.isEmpty() || row.get().completed().isPresent()) {
      return false;
    }
    SessionTable.refuse(tx.sql(), session, refusal);
    tx.tell(new Change.UploadRefused(0, session, row.get().session().key(), refusal));
    return true;
  }

  /// What the operator is told of it (`SessionStatus.Refusal` names the reasons).
  static Optional<SessionStatus.Refusal> shown(Refusal refusal) {
    var reason =
        switch (refusal.reason()) {
          case DigestMismatch,
              TooLarge,
              MediaTypeNotAllowed,
              QuotaExceeded,
              Duplicate,
              Incomplete ->
              refusal.reason().name();
          // The client's bytes are not what the client itself announced: they came damaged.
          case Sha256Mismatch, Md5Mismatch, PartTooSmall -> "Incomplete";
          case NoSuchSession,
              SessionExpired,
              SessionCompleted,
              SessionBusy,
              WrongKey,
              KeyNotAllowed,
              AlreadyExists,
              Immutable,
              PreconditionFailed,
              NoSuchUpload,
              InvalidPart,
              InvalidPartOrder,
              InvalidPartNumber ->
              "";
        };
    return reason.isEmpty()
        ? Optional.empty()
        : Optional.of(new SessionStatus.Refusal(reason, refusal.expected(), refusal.actual()));
  }
}
