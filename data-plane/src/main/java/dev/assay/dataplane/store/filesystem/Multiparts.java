package dev.assay.dataplane.store.filesystem;

import dev.assay.dataplane.store.Destination;
import dev.assay.dataplane.store.Multipart;
import dev.assay.dataplane.store.MultipartRequest;
import dev.assay.dataplane.store.Outcome;
import dev.assay.dataplane.store.Part;
import dev.assay.dataplane.store.Precondition;
import dev.assay.wire.control.SessionStatus.Phase;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Multipart uploads as such: opening, finding, listing, aborting.
final class Multiparts {
  private final Engine engine;

  Multiparts(Engine engine) {
    this.engine = engine;
  }

  Outcome<Multipart> create(MultipartRequest request) throws IOException {
    var refusal =
        new VersionCommit(engine)
            .judge(
                new Destination.Key(request.key(), Precondition.NONE),
                0,
                Optional.empty(),
                request.mediaType());
    if (refusal.isPresent()) {
      return new Outcome.Refused<>(refusal.get());
    }
    var row = new MultipartRow(engine.newId(), request, engine.now(), Optional.empty());
    return engine
        .index()
        .write(tx -> {
          MultipartTable.insert(tx.sql(), row);
          return Outcome.done(row.multipart());
        });
  }

  Optional<Multipart> find(String uploadId) throws IOException {
    return engine.index().read(sql -> find(sql, uploadId));
  }

  private Optional<Multipart> find(Sql sql, String uploadId) throws IOException {
    var plain = MultipartTable.byId(sql, uploadId).filter(row -> row.versionId().isEmpty());
    if (plain.isPresent()) {
      return plain.map(MultipartRow::multipart);
    }
    var now = engine.now();
    return SessionTable.byId(sql, uploadId)
        .filter(row -> row.session().multipart() != null && row.phase(now) == Phase.Open)
        .map(row -> new Multipart(uploadId, row.session().key(), true, "", now, Map.of()));
  }

  List<Part> parts(String uploadId, int after, int limit) throws IOException {
    return engine.index().read(sql -> MultipartTable.parts(sql, uploadId, after, limit)).stream()
        .map(PartRow::part)
        .toList();
  }

  List<Multipart> open(String prefix, String afterKey, String afterId, int limit)
      throws IOException {
    var from = VersionTable.bytes(prefix);
    var after = VersionTable.bytes(afterKey);
    var skipped = Arrays.compareUnsigned(from, after) > 0;
    return engine
        .index()
        .read(
            sql -> MultipartTable.open(sql, skipped ? from : after, skipped ? "" : afterId, limit))
        .stream()
        .map(MultipartRow::multipart)
        .takeWhile(upload -> upload.key().startsWith(prefix))
        .toList();
  }

  /// @return whether there was an open upload or a session with parts
  boolean abort(String uploadId) throws IOException {
    engine.live().cut(uploadId, LiveUploads.Cut.SESSION_CLOSED);
    return engine
        .index()
        .write(tx -> {
          var there =
              find(tx.sql(), uploadId).isPresent()
                  || !MultipartTable.parts(tx.sql(), uploadId, 0, 1).isEmpty();
          if (there) {
            MultipartTable.delete(tx.sql(), uploadId);
            Removal.dropParts(engine, tx, uploadId);
          }
          return there;
        });
  }
}
