package dev.assay.operator.bucket;

import dev.assay.api.Vocabulary.Labels;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Map;

/// Names of what belongs to a Bucket. A Bucket's name has at most 52 characters, so that each of
/// these is a valid name of its kind.
public final class BucketNames {
  /// Value of `app.kubernetes.io/name` on data planes.
  public static final String DATA_PLANE = "assay-data-plane";

  private BucketNames() {}

  /// Service of the S3 port.
  public static String service(String bucket) {
    return bucket;
  }

  /// Service of the control port.
  public static String controlService(String bucket) {
    return bucket + "-control";
  }

  /// Secret that the data plane mounts: each key is an access key's id, its value the secret key.
  public static String keysSecret(String bucket) {
    return bucket + "-data-plane-keys";
  }

  /// Deployment, ConfigMap and NetworkPolicy.
  public static String dataPlane(String bucket) {
    return bucket + "-data-plane";
  }

  public static String claim(String bucket) {
    return bucket + "-data";
  }

  /// URL of the S3 port inside the cluster, path style: the bucket's name follows.
  public static String internalEndpoint(String bucket, String namespace) {
    return "http://" + service(bucket) + "." + namespace + ".svc";
  }

  /// Access key that signs upload and download URLs.
  public static String presignKeyId(String bucketUid) {
    return "assay-presign-" + shortUid(bucketUid);
  }

  /// Access key that signs the URLs of a scan Job's fetch.
  public static String scannerKeyId(String bucketUid) {
    return "assay-scanner-" + shortUid(bucketUid);
  }

  /// Access key that signs the URLs of a scan Job's publish.
  public static String publisherKeyId(String bucketUid) {
    return "assay-publisher-" + shortUid(bucketUid);
  }

  /// Access key of `spec.access.accessKeys`.
  static String userKeyId(String bucketUid, String name) {
    return "assay-" + shortUid(bucketUid) + "-" + name;
  }

  /// Labels of every object of a Bucket's data plane.
  static Map<String, String> labels(ObjectMeta bucket) {
    return Map.of(
        Labels.NAME,
        DATA_PLANE,
        Labels.INSTANCE,
        bucket.getName(),
        Labels.BUCKET,
        bucket.getName(),
        Labels.MANAGED_BY,
        Labels.MANAGED_BY_ASSAY,
        Labels.OWNER_UID,
        bucket.getUid());
  }

  /// Selects a Bucket's data plane. Immutable in a Deployment, so it names nothing that may change.
  static LabelSelector selector(ObjectMeta bucket) {
    return new LabelSelectorBuilder()
        .addToMatchLabels(Labels.NAME, DATA_PLANE)
        .addToMatchLabels(Labels.INSTANCE, bucket.getName())
        .build();
  }

  /// Eight hex digits tell the Buckets of a namespace apart, also one after the other.
  private static String shortUid(String uid) {
    return uid.replace("-", "").substring(0, 8);
  }
}
