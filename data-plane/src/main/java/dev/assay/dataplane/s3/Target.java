package dev.assay.dataplane.s3;

import dev.assay.dataplane.http.RefusedException;
import dev.assay.dataplane.http.S3Error;
import dev.assay.dataplane.store.Store;
import java.nio.charset.StandardCharsets;

/// What a path names. A key is only ever looked up in the store's index, never in a file system.
sealed interface Target {
  record Service() implements Target {}

  record OfBucket(String bucket) implements Target {}

  record OfObject(String bucket, String key) implements Target {}

  /// @param path decoded, beginning with a slash
  /// @throws RefusedException KeyTooLongError, or InvalidURI for a key that climbs out
  static Target parse(String path) throws RefusedException {
    var slash = path.indexOf('/', 1);
    var bucket = slash < 0 ? path.substring(1) : path.substring(1, slash);
    var key = slash < 0 ? "" : path.substring(slash + 1);
    if (bucket.isEmpty() && key.isEmpty()) {
      return new Service();
    }
    if (key.isEmpty()) {
      return new OfBucket(bucket);
    }
    checkKey(key);
    return new OfObject(bucket, key);
  }

  /// S3 takes `..` within a key as long as it climbs no higher than the key has gone down ("Naming
  /// Amazon S3 objects"): clients that write keys as files rely on that.
  static void checkKey(String key) throws RefusedException {
    if (key.getBytes(StandardCharsets.UTF_8).length > Store.MAX_KEY_BYTES) {
      throw S3Error.of(400, "KeyTooLongError", "Your key is too long.")
          .with("MaxSizeAllowed", Integer.toString(Store.MAX_KEY_BYTES))
          .exception();
    }
    var depth = 0;
    for (var segment : key.split("/", -1)) {
      depth += segment.equals("..") ? -1 : 1;
      if (depth < 0) {
        throw S3Error.of(
                400,
                "InvalidURI",
                "Couldn't parse the specified URI: the key climbs out of the bucket.")
            .exception();
      }
    }
  }
}
