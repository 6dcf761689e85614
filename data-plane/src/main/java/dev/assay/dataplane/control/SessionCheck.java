package dev.assay.dataplane.control;

import dev.assay.dataplane.store.Store;
import dev.assay.wire.control.UploadSession;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether a session that could be read makes sense.
final class SessionCheck {
  private SessionCheck() {}

  /// @return what was expected and found
  static Optional<String> problem(UploadSession s) {
    // JSON leaves out what it likes, whatever the record's types say.
    if (Stream.of(s.id(), s.key(), s.allowedMediaTypes(), s.metadata(), s.expiresAt())
        .anyMatch(Objects::isNull)) {
      return Optional.of(
          "expected id, key, allowedMediaTypes, metadata and expiresAt, found one absent");
    }
    var keyBytes = s.key().getBytes(StandardCharsets.UTF_8).length;
    if (keyBytes == 0 || keyBytes > Store.MAX_KEY_BYTES || s.key().startsWith(Store.INTERNAL)) {
      return Optional.of(
          "key: expected 1 to %d bytes outside of %s, found %s"
              .formatted(Store.MAX_KEY_BYTES, Store.INTERNAL, s.key()));
    }
    if (s.maxSizeBytes() <= 0) {
      return Optional.of("maxSizeBytes: expected more than 0, found " + s.maxSizeBytes());
    }
    var sha256 = s.sha256();
    if (sha256 != null && !sha256.matches("[0-9a-f]{64}")) {
      return Optional.of("sha256: expected 64 lower-case hexadecimal digits, found " + sha256);
    }
    var multipart = s.multipart();
    return multipart != null
            && (multipart.partSizeBytes() <= 0
                || multipart.maxParts() < 1
                || multipart.maxParts() > 1_000)
        ? Optional.of("multipart: expected a part size and 1 to 1000 parts, found " + multipart)
        : Optional.empty();
  }
}
