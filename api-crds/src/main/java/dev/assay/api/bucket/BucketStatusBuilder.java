package dev.assay.api.bucket;

import dev.assay.api.Condition;
import dev.assay.api.bucket.BucketStatus.ArtifactCounts;
import dev.assay.api.bucket.BucketStatus.AuditHead;
import dev.assay.api.bucket.BucketStatus.DataPlaneStatus;
import dev.assay.api.bucket.BucketStatus.Endpoints;
import dev.assay.api.bucket.BucketStatus.Phase;
import dev.assay.api.bucket.BucketStatus.RetentionPlan;
import dev.assay.api.bucket.BucketStatus.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A copy of a `BucketStatus` with some of its parts replaced; `null` takes a part away.
public final class BucketStatusBuilder {
  private @Nullable Long observedGeneration;
  private @Nullable Phase phase;
  private @Nullable Endpoints endpoints;
  private @Nullable String claimName;
  private @Nullable DataPlaneStatus dataPlane;
  private @Nullable Usage usage;
  private @Nullable ArtifactCounts artifacts;
  private @Nullable RetentionPlan retentionPlan;
  private List<AuditHead> audit = List.of();
  private @Nullable String lastHandledReconcileAt;
  private List<Condition> conditions = List.of();

  /// Starts from nothing.
  public BucketStatusBuilder() {}

  /// Starts from what is there.
  public static BucketStatusBuilder of(@Nullable BucketStatus was) {
    var copy = new BucketStatusBuilder();
    if (was == null) {
      return copy;
    }
    copy.observedGeneration = was.observedGeneration();
    copy.phase = was.phase();
    copy.endpoints = was.endpoints();
    copy.claimName = was.claimName();
    copy.dataPlane = was.dataPlane();
    copy.usage = was.usage();
    copy.artifacts = was.artifacts();
    copy.retentionPlan = was.retentionPlan();
    copy.audit = was.audit();
    copy.lastHandledReconcileAt = was.lastHandledReconcileAt();
    copy.conditions = was.conditions();
    return copy;
  }

  public BucketStatusBuilder observedGeneration(@Nullable Long value) {
    observedGeneration = value;
    return this;
  }

  public BucketStatusBuilder phase(@Nullable Phase value) {
    phase = value;
    return this;
  }

  public BucketStatusBuilder endpoints(@Nullable Endpoints value) {
    endpoints = value;
    return this;
  }

  public BucketStatusBuilder claimName(@Nullable String value) {
    claimName = value;
    return this;
  }

  public BucketStatusBuilder dataPlane(@Nullable DataPlaneStatus value) {
    dataPlane = value;
    return this;
  }

  public BucketStatusBuilder usage(@Nullable Usage value) {
    usage = value;
    return this;
  }

  public BucketStatusBuilder artifacts(@Nullable ArtifactCounts value) {
    artifacts = value;
    return this;
  }

  public BucketStatusBuilder retentionPlan(@Nullable RetentionPlan value) {
    retentionPlan = value;
    return this;
  }

  public BucketStatusBuilder audit(List<AuditHead> value) {
    audit = value;
    return this;
  }

  public BucketStatusBuilder lastHandledReconcileAt(@Nullable String value) {
    lastHandledReconcileAt = value;
    return this;
  }

  public BucketStatusBuilder conditions(List<Condition> value) {
    conditions = value;
    return this;
  }

  public BucketStatus build() {
    return new BucketStatus(
        observedGeneration,
        phase,
        endpoints,
        claimName,
        dataPlane,
        usage,
        artifacts,
        retentionPlan,
        audit,
        lastHandledReconcileAt,
        conditions);
  }
}
