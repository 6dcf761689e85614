package dev.assay.wire.control;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The configuration file of a data plane (`config.json` in the mounted ConfigMap), read again when
/// it changes. It holds no secret: those lie in a mounted Secret directory, one file for each
/// access key, its content the secret key.
///
/// @param bucket the S3 bucket's name, which is the Bucket's
/// @param bucketUid audience of control tokens
/// @param releaseImmediately whether a stored version is served at once (a plain S3 store)
/// @param maxObjectSizeBytes limit of any upload
/// @param allowedMediaTypes patterns such as `application/*`; empty allows all
/// @param quota absent for none
/// @param anonymousRead whether released objects are read without a signature
/// @param immutableKeys glob patterns of keys whose released version is never replaced or deleted
///   through S3
/// @param reuseDuplicates whether bytes that are stored already are kept only once
/// @param abortIncompleteUploadAfter when an idle multipart upload is swept
/// @param controlPublicKeys Ed25519 public keys (base64 of their X.509 SubjectPublicKeyInfo), any
///   of which may sign a token: two during a rotation
public record DataPlaneConfiguration(
    String bucket,
    String bucketUid,
    String region,
    boolean releaseImmediately,
    long maxObjectSizeBytes,
    List<String> allowedMediaTypes,
    @Nullable Quota quota,
    boolean anonymousRead,
    List<String> immutableKeys,
    boolean reuseDuplicates,
    Duration abortIncompleteUploadAfter,
    List<String> controlPublicKeys,
    List<AccessKey> accessKeys) {

  public record Quota(long maxSizeBytes, long maxObjects) {}

  /// @param id the access key id, which is also the file's name in the keys directory
  public record AccessKey(String id, Role role) {}

  /// What an access key may do.
  public enum Role {
    /// GET and HEAD of released objects, PUT and multipart calls inside an upload session. Signs
    /// the URLs in Secrets.
    Presign,
    /// GET of one version (`versionId` in the query) in any state. Signs the URLs of a scan Job's
    /// fetch.
    Scanner,
    /// Create-only PUT below `.assay/reports/`. Signs the URLs of a scan Job's publish.
    Publisher,
    /// GET, HEAD and List of released objects.
    Read,
    /// Read, and PUT, DELETE and multipart of keys outside `.assay/`.
    ReadWrite
  }
}
