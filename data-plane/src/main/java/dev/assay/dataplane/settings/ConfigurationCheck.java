package dev.assay.dataplane.settings;

import dev.assay.wire.control.DataPlaneConfiguration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether a configuration that could be read can be lived by.
final class ConfigurationCheck {
  private ConfigurationCheck() {}

  /// @return a sentence that names the field, what was expected and what was found
  static Optional<String> problem(DataPlaneConfiguration c) {
    // JSON leaves out what it likes, whatever the record's types say.
    if (Stream.of(c.bucket(), c.bucketUid(), c.region()).anyMatch(text -> isBlank(text))) {
      return Optional.of("bucket, bucketUid and region must be given");
    }
    if (Stream.of(
            c.allowedMediaTypes(),
            c.immutableKeys(),
            c.abortIncompleteUploadAfter(),
            c.controlPublicKeys(),
            c.accessKeys())
        .anyMatch(Objects::isNull)) {
      return Optional.of(
          "allowedMediaTypes, immutableKeys, abortIncompleteUploadAfter, controlPublicKeys and"
              + " accessKeys must be given");
    }
    if (c.maxObjectSizeBytes() <= 0) {
      return Optional.of(
          "maxObjectSizeBytes: expected more than 0, found " + c.maxObjectSizeBytes());
    }
    if (c.abortIncompleteUploadAfter().isNegative() || c.abortIncompleteUploadAfter().isZero()) {
      return Optional.of(
          "abortIncompleteUploadAfter: expected more than 0, found "
              + c.abortIncompleteUploadAfter());
    }
    var ids = new HashSet<String>();
    for (var key : c.accessKeys()) {
      if (isBlank(key.id()) || Objects.isNull(key.role()) || !ids.add(key.id())) {
        return Optional.of("accessKeys: expected an id once and its role, found " + key);
      }
    }
    return Optional.empty();
  }

  private static boolean isBlank(String text) {
    return Objects.isNull(text) || text.isBlank();
  }
}
