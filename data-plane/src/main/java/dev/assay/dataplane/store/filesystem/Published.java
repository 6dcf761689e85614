package dev.assay.dataplane.store.filesystem;

import dev.assay.dataplane.store.DiskFullException;
import dev.assay.dataplane.store.Outcome;
import java.io.IOException;
import java.nio.file.Files;

/// A blob that has its name, while the index is asked to take it in.
final class Published {
  private Published() {}

  interface Step<T> {
    Outcome<T> run() throws IOException;
  }

  /// Removes the blob when the index refuses it. After any other failure than a full disk the index
  /// may have taken it, so it stays for the sweep at the next start to judge.
  static <T> Outcome<T> orDropped(Engine engine, String blob, Step<T> step) throws IOException {
    Outcome<T> outcome;
    try {
      outcome = step.run();
    } catch (DiskFullException e) {
      Files.deleteIfExists(engine.root().blob(blob));
      throw e;
    }
    if (outcome instanceof Outcome.Refused<T>) {
      Files.deleteIfExists(engine.root().blob(blob));
    }
    return outcome;
  }
}
