package dev.assay.api.promotion;

import dev.assay.api.Condition;
import dev.assay.api.StoredRef;
import dev.assay.api.promotion.PromotionStatus.ApprovalCounts;
import dev.assay.api.promotion.PromotionStatus.GateResult;
import dev.assay.api.promotion.PromotionStatus.Phase;
import dev.assay.api.promotion.PromotionStatus.Result;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A copy of a `PromotionStatus` with some of its parts replaced; `null` takes a part away.
public final class PromotionStatusBuilder {
  private @Nullable Long observedGeneration;
  private @Nullable Phase phase;
  private @Nullable ApprovalCounts approvals;
  private List<GateResult> gates = List.of();
  private @Nullable Result result;
  private @Nullable Instant startedAt;
  private @Nullable Instant completedAt;
  private @Nullable StoredRef attestation;
  private @Nullable String lastHandledReconcileAt;
  private List<Condition> conditions = List.of();

  /// Starts from nothing.
  public PromotionStatusBuilder() {}

  /// Starts from what is there.
  public static PromotionStatusBuilder of(@Nullable PromotionStatus was) {
    var copy = new PromotionStatusBuilder();
    if (was == null) {
      return copy;
    }
    copy.observedGeneration = was.observedGeneration();
    copy.phase = was.phase();
    copy.approvals = was.approvals();
    copy.gates = was.gates();
    copy.result = was.result();
    copy.startedAt = was.startedAt();
    copy.completedAt = was.completedAt();
    copy.attestation = was.attestation();
    copy.lastHandledReconcileAt = was.lastHandledReconcileAt();
    copy.conditions = was.conditions();
    return copy;
  }

  public PromotionStatusBuilder observedGeneration(@Nullable Long value) {
    observedGeneration = value;
    return this;
  }

  public PromotionStatusBuilder phase(@Nullable Phase value) {
    phase = value;
    return this;
  }

  public PromotionStatusBuilder approvals(@Nullable ApprovalCounts value) {
    approvals = value;
    return this;
  }

  public PromotionStatusBuilder gates(List<GateResult> value) {
    gates = value;
    return this;
  }

  public PromotionStatusBuilder result(@Nullable Result value) {
    result = value;
    return this;
  }

  public PromotionStatusBuilder startedAt(@Nullable Instant value) {
    startedAt = value;
    return this;
  }

  public PromotionStatusBuilder completedAt(@Nullable Instant value) {
    completedAt = value;
    return this;
  }

  public PromotionStatusBuilder attestation(@Nullable StoredRef value) {
    attestation = value;
    return this;
  }

  public PromotionStatusBuilder lastHandledReconcileAt(@Nullable String value) {
    lastHandledReconcileAt = value;
    return this;
  }

  public PromotionStatusBuilder conditions(List<Condition> value) {
    conditions = value;
    return this;
  }

  public PromotionStatus build() {
    return new PromotionStatus(
        observedGeneration,
        phase,
        approvals,
        gates,
        result,
        startedAt,
        completedAt,
        attestation,
        lastHandledReconcileAt,
        conditions);
  }
}
