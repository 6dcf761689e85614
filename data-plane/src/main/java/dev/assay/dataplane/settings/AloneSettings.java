package dev.assay.dataplane.settings;

import dev.assay.dataplane.sigv4.SecretKeys;
import dev.assay.wire.control.DataPlaneConfiguration;
import dev.assay.wire.control.DataPlaneConfiguration.AccessKey;
import dev.assay.wire.control.DataPlaneConfiguration.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The settings of a data plane that runs without an operator: a plain S3 store with one key.
public final class AloneSettings {
  /// S3's largest object ("Amazon S3 multipart upload limits").
  private static final long MAX_OBJECT_BYTES = 5L << 40;

  private AloneSettings() {}

  public static InForce of(String bucket, String region, String accessKeyId, String secretKey) {
    var configuration =
        new DataPlaneConfiguration(
            bucket,
            "alone-" + bucket,
            region,
            true,
            MAX_OBJECT_BYTES,
            List.of(),
            null,
            false,
            List.of(),
            false,
            Duration.ofDays(1),
            List.of(),
            List.of(new AccessKey(accessKeyId, Role.ReadWrite)));
    return new InForce(
        configuration, "", new SecretKeys(Map.of(accessKeyId, secretKey)), List.of());
  }
}
