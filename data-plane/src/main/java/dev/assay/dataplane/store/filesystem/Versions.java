package dev.assay.dataplane.store.filesystem;

import dev.assay.dataplane.store.DeleteOutcome;
import dev.assay.dataplane.store.Lookup;
import dev.assay.dataplane.store.Precondition;
import dev.assay.dataplane.store.Refusal;
import dev.assay.dataplane.store.StateOutcome;
import dev.assay.dataplane.store.Store;
import dev.assay.wire.control.Change;
import dev.assay.wire.control.StateChange;
import dev.assay.wire.control.VersionPage;
import dev.assay.wire.control.VersionState;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Stored versions: finding, judging, removing.
final class Versions {
  private final Engine engine;

  Versions(Engine engine) {
    this.engine = engine;
  }

  Lookup served(String key) throws IOException {
    return engine
        .readings()
        .searching(() ->
            engine
                .index()
                .read(sql -> {
                  var row = VersionTable.served(sql, key);
                  return row.isPresent()
                      ? found(sql, row.get(), true)
                      : notServed(VersionTable.newest(sql, key));
                }));
  }

  Lookup version(String id, Store.Purpose purpose) throws IOException {
    var serving = purpose == Store.Purpose.Serve;
    return engine
        .readings()
        .searching(() ->
            engine
                .index()
                .read(sql -> {
                  var row = VersionTable.byId(sql, id);
                  return row.isPresent() && (!serving || row.get().state() == VersionState.Released)
                      ? found(sql, row.get(), serving)
                      : notServed(row);
                }));
  }

  private Lookup found(Sql sql, VersionRow row, boolean serving) throws IOException {
    var extents = VersionTable.extents(sql, row.facts().versionId());
    return new Lookup.Found(engine.readings().open(row.version(), extents, serving));
  }

  private static Lookup notServed(Optional<VersionRow> newest) {
    if (newest.isEmpty()) {
      return new Lookup.Missing();
    }
    return switch (newest.get().state()) {
      case Quarantined -> new Lookup.Quarantined(newest.get().version());
      case Staged, Released -> new Lookup.NotReleased(newest.get().version());
    };
  }

  VersionPage page(String prefix, @Nullable String after, int limit) throws IOException {
    var from = VersionsFrom.parse(prefix, after);
    var rows =
        engine
            .index()
            .read(sql ->
                VersionTable.listing(sql, VersionTable.bytes(from.key()), from.ord(), limit + 1));
    var mine = rows.stream().filter(row -> row.facts().key().startsWith(prefix)).toList();
    var page = mine.subList(0, Math.min(limit, mine.size()));
    return new VersionPage(
        page.stream().map(VersionRow::stored).toList(),
        mine.size() > limit ? VersionsFrom.after(page.getLast()) : null);
  }

  StateOutcome change(String id, StateChange change) throws IOException {
    if (change.to() == VersionState.Quarantined && Ids.isOne(id)) {
      withhold(id);
    }
    var outcome = engine.index().write(tx -> change(tx, id, change));
    if (outcome instanceof StateOutcome.Applied(var version)
        && version.state() != VersionState.Quarantined) {
      Files.deleteIfExists(engine.root().withheld(id));
    }
    return outcome;
  }

  /// Before the index says so: should the index be lost, a quarantined version must not come back
  /// as released, not even in a bucket that releases at once.
  private void withhold(String id) throws IOException {
    var mark = engine.root().withheld(id);
    if (!Files.exists(mark) && engine.index().read(sql -> VersionTable.byId(sql, id)).isPresent()) {
      Durable.replace(engine.root().temp("withheld-" + engine.newId()), mark, new byte[0]);
    }
  }

  private StateOutcome change(Tx tx, String id, StateChange change) throws IOException {
    var found = VersionTable.byId(tx.sql(), id).filter(row -> !row.internal());
    if (found.isEmpty()) {
      return new StateOutcome.Missing();
    }
    var row = found.get();
    return switch (StateDecision.decide(row, change)) {
      case StateDecision.Conflict() -> new StateOutcome.Conflict(row.stored());
      case StateDecision.Unchanged() -> new StateOutcome.Applied(row.stored());
      case StateDecision.Apply(var pointer) -> apply(tx, row, change, pointer);
    };
  }

  private StateOutcome apply(
      Tx tx, VersionRow row, StateChange change, StateDecision.Pointer pointer) throws IOException {
    var id = row.facts().versionId();
    VersionTable.setState(tx.sql(), id, change);
    switch (pointer) {
      case MoveHere -> VersionTable.serve(tx.sql(), row.facts());
      case TakeAway -> VersionTable.stopServing(tx.sql(), row.facts());
      case Keep -> {}
    }
    if (change.to() != VersionState.Released) {
      tx.afterwards(() -> engine.readings().cut(id, false));
    }
    var stored =
        VersionTable.byId(tx.sql(), id)
            .map(VersionRow::stored)
            .orElseThrow(() -> new IOException("index: a version just changed is not there"));
    tx.tell(new Change.StateChanged(0, stored));
    return new StateOutcome.Applied(stored);
  }

  DeleteOutcome deleteServed(String key, Precondition precondition) throws IOException {
    return engine
        .index()
        .write(tx -> {
          var row = VersionTable.served(tx.sql(), key);
          var refusal = refusal(key, precondition, row);
          if (refusal.isPresent()) {
            return new DeleteOutcome.Refused(refusal.get());
          }
          if (row.isEmpty()) {
            return new DeleteOutcome.Nothing();
          }
          Removal.remove(engine, tx, row.get(), Removal.Readers.CUT);
          return new DeleteOutcome.Deleted(row.get().facts().versionId());
        });
  }

  private Optional<Refusal> refusal(
      String key, Precondition precondition, Optional<VersionRow> served) {
    if (key.startsWith(Store.INTERNAL)) {
      return Optional.of(
          new Refusal(Refusal.Reason.KeyNotAllowed, "a key outside of .assay/", "one below it"));
    }
    if (served.isPresent() && Admission.isImmutable(key, engine.settings())) {
      return Optional.of(
          new Refusal(Refusal.Reason.Immutable, "a key that may change", "an immutable one"));
    }
    return Admission.precondition(precondition, served);
  }

  boolean delete(String id) throws IOException {
    var removed =
        engine
            .index()
            .write(tx -> {
              var row = VersionTable.byId(tx.sql(), id).filter(found -> !found.internal());
              if (row.isPresent()) {
                Removal.remove(engine, tx, row.get(), Removal.Readers.CUT);
              }
              return row.isPresent();
            });
    if (removed) {
      Files.deleteIfExists(engine.root().withheld(id));
    }
    return removed;
  }

  int deleteInternal(String prefix) throws IOException {
    if (!prefix.startsWith(Store.INTERNAL)) {
      throw new IllegalArgumentException("prefix: expected one below .assay/, found " + prefix);
    }
    return engine
        .index()
        .write(tx -> {
          var rows =
              VersionTable.below(tx.sql(), VersionTable.bytes(prefix), Listing.after(prefix));
          for (var row : rows) {
            Removal.remove(engine, tx, row, Removal.Readers.CUT);
          }
          return rows.size();
        });
  }
}
