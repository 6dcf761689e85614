package dev.assay.api;

/// Every Kubernetes string that the API consists of beside its fields. Flux's and kstatus' words
/// where they exist.
public final class Vocabulary {
  public static final String GROUP = "assay.dev";
  public static final String VERSION = "v1alpha1";
  public static final String CATEGORY = "assay";

  /// Field manager of everything that the operator applies.
  public static final String FIELD_MANAGER = "assay";

  private Vocabulary() {}

  public static final class Labels {
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String MANAGED_BY_ASSAY = "assay";
    public static final String NAME = "app.kubernetes.io/name";
    public static final String COMPONENT = "app.kubernetes.io/component";
    public static final String INSTANCE = "app.kubernetes.io/instance";

    /// UID of the object that an owned object belongs to.
    public static final String OWNER_UID = "assay.dev/owner-uid";

    public static final String ARTIFACT = "assay.dev/artifact";
    public static final String BUCKET = "assay.dev/bucket";
    public static final String SCAN_POLICY = "assay.dev/scan-policy";

    /// Which vulnerability database a database Job, or the volume it fills, is for.
    public static final String DATABASE = "assay.dev/database";

    /// Claim of the shared cache that a pod uses: those pods meet at one node.
    public static final String CACHE = "assay.dev/cache";

    /// `"true"` on a namespace whose Pods' images must be signed where a ScanPolicy asks for it.
    public static final String VERIFY_IMAGES = "assay.dev/verify-images";

    /// `"true"` on a Secret that the operator may read for fetching (decision 4).
    public static final String CREDENTIAL = "assay.dev/credential";

    private Labels() {}
  }

  public static final class Annotations {
    /// Forces a reconcile; echoed in `status.lastHandledReconcileAt`.
    public static final String RECONCILE_REQUESTED_AT = "reconcile.fluxcd.io/requestedAt";

    /// UID of the Bucket whose bytes a PersistentVolumeClaim holds (decision 12).
    public static final String BUCKET_UID = "assay.dev/bucket-uid";

    /// Hash of what a scan Job's result depends on beside the bytes and the database.
    public static final String SCAN_INPUTS = "assay.dev/scan-inputs";

    /// When the database that a finished database Job found had been built, RFC 3339.
    public static final String DATABASE_UPDATED_AT = "assay.dev/database-updated-at";

    /// SHA-256 of the configuration that a Pod template was made from.
    public static final String CONFIGURATION_DIGEST = "assay.dev/configuration-digest";

    /// Since when the webhook's CA stands in every caBundle, RFC 3339.
    public static final String TRUSTED_SINCE = "assay.dev/trusted-since";

    private Annotations() {}
  }

  /// One for each kind, added before its first side effect.
  public static final class Finalizers {
    public static final String ARTIFACT = "assay.dev/artifact";
    public static final String BUCKET = "assay.dev/bucket";
    public static final String SCAN_POLICY = "assay.dev/scan-policy";
    public static final String PROMOTION = "assay.dev/promotion";

    private Finalizers() {}
  }

  /// Verbs on `buckets.assay.dev` that a SubjectAccessReview asks for.
  public static final class Verbs {
    public static final String PROMOTE = "promote";
    public static final String APPROVE = "approve";

    /// Setting free what is quarantined in a Bucket, by whatever change.
    public static final String RELEASE = "release";

    private Verbs() {}
  }

  public static final class ConditionTypes {
    public static final String READY = "Ready";
    public static final String RECONCILING = "Reconciling";
    public static final String STALLED = "Stalled";
    public static final String DELETION_BLOCKED = "DeletionBlocked";

    public static final String ARTIFACT_IN_STORAGE = "ArtifactInStorage";
    public static final String SOURCE_VERIFIED = "SourceVerified";
    public static final String SCANNED = "Scanned";
    public static final String QUARANTINED = "Quarantined";
    public static final String FETCH_FAILED = "FetchFailed";
    public static final String STORAGE_OPERATION_FAILED = "StorageOperationFailed";
    public static final String ARTIFACT_OUTDATED = "ArtifactOutdated";

    public static final String ENDPOINT_REACHABLE = "EndpointReachable";
    public static final String DATA_PLANE_AVAILABLE = "DataPlaneAvailable";
    public static final String QUOTA_EXCEEDED = "QuotaExceeded";

    public static final String DATABASE_STALE = "DatabaseStale";

    public static final String APPROVED = "Approved";
    public static final String GATES_PASSED = "GatesPassed";

    private ConditionTypes() {}
  }

  /// Reasons of conditions and events.
  public static final class Reasons {
    public static final String SUCCEEDED = "Succeeded";
    public static final String PROGRESSING = "Progressing";
    public static final String PROGRESSING_WITH_RETRY = "ProgressingWithRetry";
    public static final String SUSPENDED = "Suspended";
    public static final String DEPENDENCY_NOT_READY = "DependencyNotReady";
    public static final String AUTHENTICATION_FAILED = "AuthenticationFailed";
    public static final String VERIFICATION_ERROR = "VerificationError";
    public static final String ACCESS_DENIED = "AccessDenied";

    public static final String AWAITING_SIGNATURE = "AwaitingSignature";
    public static final String AWAITING_UPLOAD = "AwaitingUpload";
    public static final String UPLOAD_EXPIRED = "UploadExpired";
    public static final String UPLOAD_REFUSED = "UploadRefused";
    public static final String DIGEST_MISMATCH = "DigestMismatch";
    public static final String DUPLICATE = "Duplicate";
    public static final String STORED = "Stored";
    public static final String OBJECT_MISSING = "ObjectMissing";
    public static final String QUEUED = "Queued";
    public static final String SCANNING = "Scanning";
    public static final String SCAN_FAILED = "ScanFailed";
    public static final String REPORT_STALE = "ReportStale";
    public static final String CLEAN = "Clean";
    public static final String VULNERABILITIES_FOUND = "VulnerabilitiesFound";
    public static final String SECRETS_FOUND = "SecretsFound";
    public static final String UNSCANNABLE = "Unscannable";
    public static final String QUARANTINED = "Quarantined";
    public static final String RELEASED = "Released";
    public static final String NEW_REVISION = "NewRevision";

    public static final String BUCKET_NOT_FOUND = "BucketNotFound";
    public static final String BUCKET_NOT_READY = "BucketNotReady";
    public static final String SCAN_POLICY_MISSING = "ScanPolicyMissing";
    public static final String SCAN_POLICY_NOT_ALLOWED = "ScanPolicyNotAllowed";
    public static final String NAME_CONFLICT = "NameConflict";
    public static final String FIELD_CONFLICT = "FieldConflict";
    public static final String NOT_IMPLEMENTED = "NotImplemented";
    public static final String INVALID_SPEC = "InvalidSpec";
    public static final String STORE_UNAVAILABLE = "StoreUnavailable";
    public static final String ARTIFACTS_REMAIN = "ArtifactsRemain";
    public static final String QUOTA_EXCEEDED = "QuotaExceeded";
    public static final String DATA_PLANE_NOT_READY = "DataPlaneNotReady";
    public static final String DATABASE_UNAVAILABLE = "DatabaseUnavailable";

    public static final String AWAITING_APPROVAL = "AwaitingApproval";
    public static final String REJECTED = "Rejected";
    public static final String ABORTED = "Aborted";
    public static final String GATE_FAILED = "GateFailed";

    public static final String AUTHORITY_MADE = "AuthorityMade";
    public static final String CERTIFICATE_ISSUED = "CertificateIssued";
    public static final String AUTHORITY_RETIRED = "AuthorityRetired";
    public static final String CA_BUNDLE_WRITTEN = "CaBundleWritten";

    private Reasons() {}
  }

  /// Type and keys of the Secrets with presigned URLs; capitals for `envFrom`.
  public static final class PresignedSecret {
    public static final String TYPE = "assay.dev/presigned-url";

    public static final String URL = "ARTIFACT_URL";
    public static final String URL_INTERNAL = "ARTIFACT_URL_INTERNAL";
    public static final String METHOD = "ARTIFACT_METHOD";

    /// RFC 3339.
    public static final String EXPIRY_TIMESTAMP = "ARTIFACT_EXPIRY_TIMESTAMP";

    public static final String SHA256 = "ARTIFACT_SHA256";
    public static final String SIZE = "ARTIFACT_SIZE";
    public static final String CERTIFICATE_AUTHORITY = "ARTIFACT_CERTIFICATE_AUTHORITY";

    public static final String UPLOAD_ID = "ARTIFACT_UPLOAD_ID";
    public static final String PART_SIZE = "ARTIFACT_PART_SIZE";
    public static final String COMPLETE_URL = "ARTIFACT_COMPLETE_URL";
    public static final String ABORT_URL = "ARTIFACT_ABORT_URL";

    /// In the second Secret, `<name>-parts`.
    public static final String PARTS = "parts.json";

    private PresignedSecret() {}
  }

  /// Keys of a Bucket's credentials Secret: COSI's, word for word.
  public static final class CosiSecret {
    public static final String PROTOCOL = "COSI_PROTOCOL";
    public static final String ENDPOINT = "COSI_S3_ENDPOINT";
    public static final String REGION = "COSI_S3_REGION";
    public static final String BUCKET_ID = "COSI_S3_BUCKET_ID";
    public static final String ADDRESSING_STYLE = "COSI_S3_ADDRESSING_STYLE";
    public static final String ACCESS_KEY_ID = "COSI_S3_ACCESS_KEY_ID";
    public static final String ACCESS_SECRET_KEY = "COSI_S3_ACCESS_SECRET_KEY";
    public static final String CERTIFICATE_AUTHORITY = "COSI_CERTIFICATE_AUTHORITY";

    private CosiSecret() {}
  }
}
