package dev.assay.dataplane.s3;

import dev.assay.dataplane.store.Store;
import dev.assay.wire.control.DataPlaneConfiguration.Role;

/// Who may do what: one pure table. What is not allowed here is refused.
final class Access {
  private static final String REPORTS = Store.INTERNAL + "reports/";

  private Access() {}

  /// Who asks.
  sealed interface Who {
    /// @param mayRead whether the bucket is open to reading without a signature
    record Nobody(boolean mayRead) implements Who {}

    record Holder(Role role) implements Who {}
  }

  /// What is asked for.
  ///
  /// @param key empty for an operation on the bucket
  /// @param inSession whether an upload session is named, in the query or by the upload id
  /// @param oneVersion whether a version id is named
  record Asked(Operation operation, String key, boolean inSession, boolean oneVersion) {
    boolean internal() {
      return key.startsWith(Store.INTERNAL);
    }

    boolean report() {
      return key.startsWith(REPORTS);
    }
  }

  static boolean allows(Who who, Asked asked) {
    return switch (who) {
      case Who.Nobody(var mayRead) -> mayRead && readsObject(asked) && !asked.internal();
      case Who.Holder(var role) ->
          switch (role) {
            case Presign -> presign(asked);
            case Scanner -> readsObject(asked) && (asked.oneVersion() || asked.internal());
            case Publisher -> asked.operation() == Operation.PutObject && asked.report();
            case Read -> reads(asked);
            case ReadWrite -> reads(asked) || writes(asked);
          };
    };
  }

  private static boolean presign(Asked asked) {
    return switch (asked.operation()) {
      case GetObject, HeadObject -> !asked.internal() || asked.report();
      case PutObject, UploadPart, CompleteMultipartUpload, AbortMultipartUpload, ListParts ->
          asked.inSession() && !asked.internal();
      default -> false;
    };
  }

  private static boolean readsObject(Asked asked) {
    return asked.operation() == Operation.GetObject || asked.operation() == Operation.HeadObject;
  }

  private static boolean reads(Asked asked) {
    return switch (asked.operation()) {
      case GetObject, HeadObject -> !asked.internal() || asked.report();
      case ListBuckets,
          HeadBucket,
          GetBucketLocation,
          GetBucketVersioning,
          ListObjects,
          ListObjectsV2,
          ListObjectVersions ->
          true;
      default -> false;
    };
  }

  /// Sessions belong to the operator's own key: their limits were meant for one upload.
  private static boolean writes(Asked asked) {
    return switch (asked.operation()) {
      case PutObject,
          DeleteObject,
          CreateMultipartUpload,
          UploadPart,
          CompleteMultipartUpload,
          AbortMultipartUpload,
          ListParts ->
          !asked.internal() && !asked.inSession();
      case ListMultipartUploads, DeleteObjects, CreateBucket -> true;
      default -> false;
    };
  }

  /// Whether a listing shows what lies below a prefix of `.assay/`: only to those who ask for it.
  static boolean listsReports(String prefix) {
    return prefix.startsWith(REPORTS);
  }
}
