package dev.assay.dataplane.control;

import dev.assay.dataplane.http.Answer;
import dev.assay.dataplane.http.S3Error;
import dev.assay.dataplane.store.Lookup;
import dev.assay.dataplane.store.Reading;
import dev.assay.dataplane.store.Store;
import java.io.IOException;
import java.util.Map;

/// Small objects that the operator reads to come to a verdict: reports below `.assay/`, and bundles
/// of signatures that lie beside what they sign.
final class SmallObjects {
  private static final long MAX_READ_BYTES = 1024 * 1024;

  private final Store store;

  SmallObjects(Store store) {
    this.store = store;
  }

  /// @param path with or without the leading `.assay/`
  Answer read(String path) throws IOException {
    var key = key(path);
    if (store.served(key) instanceof Lookup.Found(var reading)) {
      return send(key, reading);
    }
    throw Routes.missing("object", key);
  }

  /// The bytes of one version, in any state: a signature is looked at before anything is released.
  Answer readVersion(String versionId) throws IOException {
    if (store.version(versionId, Store.Purpose.Inspect) instanceof Lookup.Found(var reading)) {
      return send(reading.version().stored().key(), reading);
    }
    throw Routes.missing("version", versionId);
  }

  private static Answer send(String key, Reading reading) throws IOException {
    var stored = reading.version().stored();
    if (stored.sizeBytes() > MAX_READ_BYTES) {
      reading.close();
      throw S3Error.of(
              413,
              "BadRequest",
              "object %s: expected at most %d bytes, found %d"
                  .formatted(key, MAX_READ_BYTES, stored.sizeBytes()))
          .exception();
    }
    var regions =
        reading.extents().stream()
            .map(e -> new Answer.Region(e.file(), e.offset(), e.lengthBytes()))
            .toList();
    return new Answer.Files(
        200,
        Map.of("ETag", "\"" + stored.sha256() + "\"", "Content-Type", stored.mediaType()),
        regions,
        reading::close);
  }

  Answer delete(String path) throws IOException {
    store.deleteInternal(key(path));
    return Answer.empty(204, Map.of());
  }

  private static String key(String path) {
    return path.startsWith(Store.INTERNAL) ? path : Store.INTERNAL + path;
  }
}
