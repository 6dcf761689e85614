package dev.assay.dataplane.store.filesystem;

import dev.assay.wire.control.Change;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Takes versions and parts out of the index and, once that is durable, off the disk.
final class Removal {
  private Removal() {}

  /// What becomes of those who read the version now.
  enum Readers {
    CUT,
    FINISH
  }

  static void remove(Engine engine, Tx tx, VersionRow row, Readers readers) throws IOException {
    var id = row.facts().versionId();
    var blobs = new ArrayList<>(List.of(id));
    for (var extent : VersionTable.extents(tx.sql(), id)) {
      blobs.add(extent.blob());
    }
    VersionTable.delete(tx.sql(), row);
    if (!row.internal()) {
      tx.tell(new Change.VersionDeleted(0, row.facts().key(), id));
    }
    if (readers == Readers.CUT) {
      tx.afterwards(() -> engine.readings().cut(id, true));
    }
    drop(engine, tx, blobs);
  }

  /// Forgets the parts of an upload; those that a version is made of stay on the disk.
  static void dropParts(Engine engine, Tx tx, String upload) throws IOException {
    var blobs = MultipartTable.parts(tx.sql(), upload).stream().map(PartRow::blob).toList();
    MultipartTable.deleteParts(tx.sql(), upload);
    drop(engine, tx, blobs);
    tx.afterwards(() -> {
      engine.prefixes().remove(upload);
      engine.progress().forget(upload);
    });
  }

  static void drop(Engine engine, Tx tx, List<String> blobs) throws IOException {
    var unreferenced = new ArrayList<String>();
    for (var blob : blobs.stream().distinct().toList()) {
      if (!VersionTable.referenced(tx.sql(), blob)) {
        unreferenced.add(blob);
      }
    }
    tx.afterwards(() -> engine.readings().doom(unreferenced));
  }
}
