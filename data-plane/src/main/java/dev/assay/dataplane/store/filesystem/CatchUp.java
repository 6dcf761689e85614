package dev.assay.dataplane.store.filesystem;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Reads the parts that came out of order into the running hash once the gap before them is closed.
final class CatchUp {
  private final Engine engine;
  private final String uploadId;

  CatchUp(Engine engine, String uploadId) {
    this.engine = engine;
    this.uploadId = uploadId;
  }

  void startIfNeeded() throws IOException {
    if (nextPart().isPresent()) {
      engine.hashing().later(this::run);
    }
  }

  private void run() {
    try {
      for (var next = nextPart(); next.isPresent(); next = nextPart()) {
        take(next.get());
      }
    } catch (IOException e) {
      // Only a head start is lost: the completion reads what is missing, and reports the failure.
      return;
    }
  }

  private void take(PartRow row) throws IOException {
    var extents = List.of(row.extent());
    var there =
        engine
            .readings()
            .searching(() -> {
              var same = nextPart().filter(row::equals).isPresent();
              if (same) {
                engine.readings().pin(extents);
              }
              return same;
            });
    if (!there) {
      return;
    }
    try {
      engine
          .prefix(uploadId)
          .readNext(
              row.part().number(),
              row.extent(),
              (extent, digest) ->
                  Hashing.read(engine.root().blob(extent.blob()), extent.lengthBytes(), digest));
    } finally {
      engine.readings().unpin(extents);
    }
  }

  /// The stored part that follows the running hash, unless the upload is over.
  private Optional<PartRow> nextPart() throws IOException {
    var prefix = engine.prefixes().get(uploadId);
    return prefix == null
        ? Optional.empty()
        : engine.index().read(sql -> MultipartTable.part(sql, uploadId, prefix.length() + 1));
  }
}
