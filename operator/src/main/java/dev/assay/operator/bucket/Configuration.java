package dev.assay.operator.bucket;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.assay.api.Bucket;
import dev.assay.api.bucket.Access;
import dev.assay.api.bucket.BucketSpec;
import dev.assay.api.bucket.Limits;
import dev.assay.operator.ByteSize;
import dev.assay.operator.FluxDuration;
import dev.assay.wire.Json;
import dev.assay.wire.control.DataPlaneConfiguration;
import dev.assay.wire.control.DataPlaneConfiguration.AccessKey;
import dev.assay.wire.control.DataPlaneConfiguration.Quota;
import dev.assay.wire.control.DataPlaneConfiguration.Role;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a data plane is told: the ConfigMap that it mounts.
final class Configuration {
  static final String FILE = "config.json";
  static final String REGION = "us-east-1";

  /// S3's own limit, which is the schema's too: 50 TiB.
  private static final long NO_LIMIT_BYTES = 50L << 40;

  private static final Duration ABORT_AFTER = Duration.ofHours(24);

  private Configuration() {}

  /// @param publicKeys that control tokens are checked with
  static ConfigMap of(Bucket bucket, List<String> publicKeys) {
    return new ConfigMapBuilder()
        .withMetadata(Owner.of(bucket, BucketNames.dataPlane(bucket.getMetadata().getName())))
        .addToData(FILE, json(settings(bucket, publicKeys)))
        .build();
  }

  /// What `StoreStatus.configurationDigest` says when this ConfigMap is in force.
  static String digest(ConfigMap configMap) {
    try {
      var bytes = configMap.getData().getOrDefault(FILE, "").getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static DataPlaneConfiguration settings(Bucket bucket, List<String> publicKeys) {
    var spec = bucket.getSpec();
    var metadata = bucket.getMetadata();
    var limits = spec.limits();
    var access = spec.access();
    var abortAfter = spec.abortIncompleteUploadAfter();
    return new DataPlaneConfiguration(
        metadata.getName(),
        metadata.getUid(),
        REGION,
        spec.release() == BucketSpec.Release.Immediately,
        limits == null || limits.maxObjectSize() == null
            ? NO_LIMIT_BYTES
            : ByteSize.parse(limits.maxObjectSize()),
        limits == null ? List.of() : limits.allowedMediaTypes(),
        limits == null ? null : quota(limits.quota()),
        access != null && Boolean.TRUE.equals(access.anonymousRead()),
        spec.immutability(),
        spec.duplicates() == BucketSpec.Duplicates.Reuse,
        abortAfter == null ? ABORT_AFTER : FluxDuration.parse(abortAfter),
        publicKeys,
        accessKeys(metadata.getUid(), access));
  }

  /// A part that is not limited is as large as the wire can say.
  private static @Nullable Quota quota(Limits.@Nullable Quota quota) {
    if (quota == null) {
      return null;
    }
    var maxSize = quota.maxSize();
    var maxObjects = quota.maxObjects();
    return new Quota(
        maxSize == null ? Long.MAX_VALUE : ByteSize.parse(maxSize),
        maxObjects == null ? Long.MAX_VALUE : maxObjects);
  }

  private static List<AccessKey> accessKeys(String uid, @Nullable Access access) {
    var own =
        Stream.of(
            new AccessKey(BucketNames.presignKeyId(uid), Role.Presign),
            new AccessKey(BucketNames.scannerKeyId(uid), Role.Scanner),
            new AccessKey(BucketNames.publisherKeyId(uid), Role.Publisher));
    var users =
        access == null
            ? Stream.<AccessKey>of()
            : access.accessKeys().stream()
                .map(k -> new AccessKey(BucketNames.userKeyId(uid, k.name()), role(k.role())));
    return Stream.concat(own, users).toList();
  }

  private static Role role(Access.Role role) {
    return switch (role) {
      case Read -> Role.Read;
      case ReadWrite -> Role.ReadWrite;
    };
  }

  private static String json(DataPlaneConfiguration settings) {
    try {
      return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(settings) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of texts and numbers is JSON", e);
    }
  }
}
