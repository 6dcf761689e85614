package dev.assay.dataplane.store.filesystem;

import dev.assay.dataplane.store.Store;
import dev.assay.dataplane.store.StoreSettings;
import dev.assay.wire.control.VersionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Brings a root to order before it is used: a usable index, made anew from the blobs' trailers if
/// need be, and no blob that the index does not know.
final class Startup {
  private final Root root;
  private final StoreSettings settings;
  private final Instant now;

  Startup(Root root, StoreSettings settings, Clock clock) {
    this.root = root;
    this.settings = settings;
    this.now = clock.instant();
  }

  /// What the start found, for the log.
  ///
  /// @param rebuiltVersions how many versions came from trailers, -1 when the index was whole
  /// @param sweptBlobs how many files nothing knew
  record Report(int rebuiltVersions, int sweptBlobs) {}

  Report run() throws IOException {
    var rebuilt = -1;
    if (!usable()) {
      setAside();
      rebuilt = rebuild();
    }
    return new Report(rebuilt, sweep());
  }

  private boolean usable() {
    if (!Files.exists(root.index())) {
      return false;
    }
    try (var sql = Index.connect(root.index(), false)) {
      return sql.number("PRAGMA user_version") == Schema.VERSION
          && sql.first("PRAGMA quick_check(1)", row -> row.getString(1))
              .filter("ok"::equals)
              .isPresent();
    } catch (IOException e) {
      return false; // whatever is wrong with it, the trailers know what is needed
    }
  }

  /// A damaged index is kept for people to look at, out of the way.
  private void setAside() throws IOException {
    for (var suffix : List.of("", "-wal", "-shm")) {
      var file = root.directory().resolve("index.db" + suffix);
      if (Files.exists(file)) {
        Files.move(
            file,
            root.directory()
                .resolve("index-damaged-%s.db%s".formatted(now.toEpochMilli(), suffix)));
      }
    }
  }

  private int rebuild() throws IOException {
    try (var sql = Index.connect(root.index(), false)) {
      sql.run("BEGIN IMMEDIATE");
      Schema.create(sql, Ids.next(now));
      var trailers = trailers();
      for (var trailer : trailers) {
        take(sql, trailer);
      }
      sql.run("PRAGMA user_version = " + Schema.VERSION);
      sql.run("COMMIT");
      return trailers.size();
    }
  }

  /// Oldest first, so that the newest of a key has the last word.
  private List<Trailer> trailers() throws IOException {
    var all = new ArrayList<Trailer>();
    try (var files = Files.newDirectoryStream(root.blobs())) {
      for (var file : files) {
        var name = String.valueOf(file.getFileName());
        if (Ids.isOne(name)) {
          Trailer.read(file).filter(t -> t.facts().versionId().equals(name)).ifPresent(all::add);
        }
      }
    }
    all.removeIf(trailer -> !whole(trailer));
    all.sort(
        Comparator.comparing((Trailer t) -> t.facts().storedAt())
            .thenComparing(t -> t.facts().versionId()));
    return all;
  }

  private boolean whole(Trailer trailer) {
    return trailer.extents().stream().allMatch(extent -> Files.exists(root.blob(extent.blob())));
  }

  private void take(Sql sql, Trailer trailer) throws IOException {
    var facts = trailer.facts();
    var internal = facts.key().startsWith(Store.INTERNAL);
    var withheld = Files.exists(root.withheld(facts.versionId()));
    VersionState state;
    if (withheld) {
      state = VersionState.Quarantined;
    } else {
      state =
          internal || settings.releaseImmediately() ? VersionState.Released : VersionState.Staged;
    }
    VersionTable.insert(
        sql,
        facts,
        trailer.extents(),
        state,
        withheld ? Optional.of("QuarantinedBeforeRebuild") : Optional.empty());
    if (state == VersionState.Released) {
      VersionTable.serve(sql, facts);
    }
  }

  private int sweep() throws IOException {
    try (var sql = Index.connect(root.index(), false);
        var files = Files.newDirectoryStream(root.blobs())) {
      var unknown = new HashSet<Path>();
      for (var file : files) {
        if (!VersionTable.referenced(sql, String.valueOf(file.getFileName()))) {
          unknown.add(file);
        }
      }
      for (var file : unknown) {
        Files.deleteIfExists(file);
      }
      return unknown.size();
    }
  }
}
