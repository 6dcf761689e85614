package dev.assay.dataplane.store.filesystem;

import dev.assay.dataplane.store.Destination;
import dev.assay.dataplane.store.Outcome;
import dev.assay.dataplane.store.Refusal;
import dev.assay.dataplane.store.Version;
import dev.assay.wire.control.Change;
import dev.assay.wire.control.VersionState;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Makes a published blob a version: admission, row, served pointer, session and feed in one
/// transaction.
final class VersionCommit {
  private final Engine engine;

  VersionCommit(Engine engine) {
    this.engine = engine;
  }

  /// Asks admission with what is known before the bytes, or with the bytes before they are synced.
  Optional<Refusal> judge(
      Destination destination, long sizeBytes, Optional<String> sha256, String mediaType)
      throws IOException {
    return engine
        .index()
        .read(sql ->
            Admission.judge(facts(sql, destination, sizeBytes, sha256, mediaType, engine.now())));
  }

  Outcome<Version> store(
      Tx tx, VersionFacts facts, List<BlobExtent> extents, Destination destination)
      throws IOException {
    var seen =
        facts(
            tx.sql(),
            destination,
            facts.sizeBytes(),
            Optional.of(facts.sha256()),
            facts.mediaType(),
            tx.now());
    var refusal = Admission.judge(seen);
    if (refusal.isPresent()) {
      return new Outcome.Refused<>(refusal.get());
    }
    var internal = destination instanceof Destination.Internal;
    var released = internal || seen.settings().releaseImmediately();
    if (released && !internal && seen.served().filter(VersionRow::replaceable).isPresent()) {
      // Not cut: who reads the old bytes reads them to the end, as in any S3 store.
      Removal.remove(engine, tx, seen.served().get(), Removal.Readers.FINISH);
    }
    var row =
        new VersionRow(
            0, // told by the index; nobody asks here
            facts,
            released ? VersionState.Released : VersionState.Staged,
            1,
            Optional.empty(),
            Optional.empty(),
            released);
    VersionTable.insert(tx.sql(), facts, extents, row.state(), row.reason());
    if (released) {
      VersionTable.serve(tx.sql(), facts);
    }
    if (destination instanceof Destination.InSession(var session, var key)) {
      SessionTable.complete(tx.sql(), session, row.stored());
      Removal.dropParts(engine, tx, session);
      tx.afterwards(() -> engine.live().cut(session, LiveUploads.Cut.SESSION_COMPLETED));
    }
    if (!internal) {
      tx.tell(new Change.VersionStored(0, row.stored()));
    }
    return Outcome.done(row.version());
  }

  private Admission.Facts facts(
      Sql sql,
      Destination destination,
      long sizeBytes,
      Optional<String> sha256,
      String mediaType,
      Instant now)
      throws IOException {
    Optional<SessionRow> session =
        destination instanceof Destination.InSession(var id, var _)
            ? SessionTable.byId(sql, id)
            : Optional.empty();
    var duplicate = Optional.<String>empty();
    if (sha256.isPresent() && session.filter(row -> row.session().rejectDuplicates()).isPresent()) {
      duplicate =
          VersionTable.withDigest(sql, sha256.get()).stream()
              .map(row -> row.facts().key())
              .filter(other -> !other.equals(destination.key()))
              .findFirst();
    }
    return new Admission.Facts(
        destination,
        sizeBytes,
        sha256,
        mediaType,
        engine.settings(),
        VersionTable.usage(sql),
        VersionTable.served(sql, destination.key()),
        session,
        duplicate,
        now);
  }
}
