package dev.assay.operator.artifact;

import dev.assay.api.Bucket;
import dev.assay.api.Vocabulary.Reasons;
import dev.assay.operator.bucket.BucketNames;
import dev.assay.operator.presign.AccessKey;
import dev.assay.operator.presign.Endpoint;
import dev.assay.operator.presign.PresignedCall;
import dev.assay.operator.presign.Presigner;
import dev.assay.operator.presign.Validity;
import java.net.URI;
import java.util.Map;
import java.util.Objects;

/// Signs URLs for one Bucket.
///
/// @param internal where it answers inside the cluster
/// @param external where it answers outside, or `internal` where it does not
/// @param secrets secret keys by access key id; never printed
record Signing(
    String bucketUid, Endpoint internal, Endpoint external, Map<String, String> secrets) {
  /// The data planes' region; they check signatures for no other.
  static final String REGION = "us-east-1";

  static Signing of(Bucket bucket, Map<String, String> secrets) {
    var name = bucket.getMetadata().getName();
    var endpoints = Objects.requireNonNull(bucket.getStatus().endpoints());
    var internal = Objects.requireNonNull(endpoints.internal());
    var external = endpoints.external() == null ? internal : endpoints.external();
    return new Signing(
        bucket.getMetadata().getUid(), endpoint(internal, name), endpoint(external, name), secrets);
  }

  /// A URL for users' clients, outside the cluster where it can be reached from there.
  String external(PresignedCall call, Validity validity) {
    return url(external, call, BucketNames.presignKeyId(bucketUid), validity);
  }

  String internal(PresignedCall call, Validity validity) {
    return url(internal, call, BucketNames.presignKeyId(bucketUid), validity);
  }

  /// A URL for a scan Job's fetch.
  String scanner(PresignedCall call, Validity validity) {
    return url(internal, call, BucketNames.scannerKeyId(bucketUid), validity);
  }

  /// A URL for a scan Job's publish.
  String publisher(PresignedCall call, Validity validity) {
    return url(internal, call, BucketNames.publisherKeyId(bucketUid), validity);
  }

  @Override
  public String toString() {
    return "Signing[" + internal + ", " + external + "]";
  }

  private String url(Endpoint endpoint, PresignedCall call, String keyId, Validity validity) {
    var secret = secrets.get(keyId);
    if (secret == null) {
      throw new Hindered(
          Reasons.DEPENDENCY_NOT_READY,
          "the Bucket's keys have no '%s'; its reconciler writes it".formatted(keyId));
    }
    return Presigner.url(endpoint, call, new AccessKey(keyId, secret), validity).toString();
  }

  private static Endpoint endpoint(String base, String bucket) {
    return new Endpoint(URI.create(base), bucket, REGION);
  }
}
