package dev.assay.dataplane.store.filesystem;

/// The content of `assay.json` in a root: which layout it has and whose it is.
record Marker(int layout, String bucket, String bucketUid) {
  static final int LAYOUT = 1;

  /// What to do with a root that carries a marker.
  sealed interface Decision {
    record Use() implements Decision {}

    /// The marker is to name the new owner.
    record Adopt() implements Decision {}

    record Refuse(String found) implements Decision {}
  }

  static Marker of(BucketIdentity identity) {
    return new Marker(LAYOUT, identity.name(), identity.uid());
  }

  Decision judge(BucketIdentity identity) {
    if (layout != LAYOUT) {
      return new Decision.Refuse("layout " + layout + ", this build knows layout " + LAYOUT);
    }
    var sameUid = bucketUid.equals(identity.uid());
    var sameName = bucket.equals(identity.name());
    if (sameUid && sameName) {
      return new Decision.Use();
    }
    return sameUid || sameName
        ? new Decision.Adopt()
        : new Decision.Refuse("bucket " + bucket + " (uid " + bucketUid + ")");
  }
}
