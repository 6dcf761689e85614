package dev.assay.dataplane.store.filesystem;

import dev.assay.dataplane.store.DiskFullException;
import dev.assay.dataplane.store.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.OptionalLong;

/// A blob that has its name, while the index is asked to take it in.
final class Published {
  private Published() {}

  interface Step<T> {
    Outcome<T> run() throws IOException;
  }

  /// The file of a version whose bytes lie in other files.
  static void trailerAlone(Engine engine, VersionFacts facts, List<BlobExtent> extents)
      throws IOException {
    // Under another name than the version's: that is the upload's whose bytes are not needed.
    var temp = engine.newId();
    try (var head =
        new BlobWriter(engine.root(), engine.hashing(), List.of(), temp, OptionalLong.of(0))) {
      head.append(new Trailer(facts, extents).encode());
      head.publish(facts.versionId());
    }
  }

  /// Removes the blob, and what was linked for it, when the index refuses it. After any other
  /// failure than a full disk the index may have taken it, so it stays for the sweep at the next
  /// start to judge.
  static <T> Outcome<T> orDropped(Engine engine, String blob, List<BlobExtent> links, Step<T> step)
      throws IOException {
    Outcome<T> outcome;
    try {
      outcome = step.run();
    } catch (DiskFullException e) {
      drop(engine, blob, links);
      throw e;
    }
    if (outcome instanceof Outcome.Refused<T>) {
      drop(engine, blob, links);
    }
    return outcome;
  }

  private static void drop(Engine engine, String blob, List<BlobExtent> links) throws IOException {
    Files.deleteIfExists(engine.root().blob(blob));
    SameBytes.drop(engine, links);
  }
}
