package dev.assay.dataplane.store;

import dev.assay.wire.control.DataPlaneConfiguration;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What the owner of the bucket has set, as far as the store judges by it.
///
/// @param releaseImmediately a stored version is served at once, and one that it replaces goes
/// @param immutableKeys globs (`*` within a segment, `**` across, `?` one character) of keys whose
///   served version is neither replaced nor deleted through S3
/// @param reuseDuplicates bytes that are here already are not kept a second time
/// @param abortIncompleteUploadAfter how long a plain multipart upload may lie idle
public record StoreSettings(
    boolean releaseImmediately,
    long maxObjectSizeBytes,
    List<String> allowedMediaTypes,
    Optional<DataPlaneConfiguration.Quota> quota,
    List<String> immutableKeys,
    boolean reuseDuplicates,
    Duration abortIncompleteUploadAfter) {

  /// S3's largest object, 5 TiB ("Amazon S3 multipart upload limits").
  public static final long S3_MAX_OBJECT_BYTES = 5L << 40;

  public static StoreSettings of(DataPlaneConfiguration configuration) {
    return new StoreSettings(
        configuration.releaseImmediately(),
        configuration.maxObjectSizeBytes(),
        configuration.allowedMediaTypes(),
        Optional.ofNullable(configuration.quota()),
        configuration.immutableKeys(),
        configuration.reuseDuplicates(),
        configuration.abortIncompleteUploadAfter());
  }

  /// A plain S3 store without limits of its own, for a data plane that runs alone.
  public static StoreSettings plain() {
    return new StoreSettings(
        true,
        S3_MAX_OBJECT_BYTES,
        List.of(),
        Optional.empty(),
        List.of(),
        false,
        Duration.ofHours(24));
  }
}
