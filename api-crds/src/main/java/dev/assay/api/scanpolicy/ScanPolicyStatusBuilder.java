package dev.assay.api.scanpolicy;

import dev.assay.api.Condition;
import dev.assay.api.scanpolicy.ScanPolicyStatus.Counts;
import dev.assay.api.scanpolicy.ScanPolicyStatus.ExceptionCounts;
import dev.assay.api.scanpolicy.ScanPolicyStatus.Verifier;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A copy of a `ScanPolicyStatus` with some of its parts replaced; `null` takes a part away.
public final class ScanPolicyStatusBuilder {
  private @Nullable Long observedGeneration;
  private @Nullable Instant databaseUpdatedAt;
  private @Nullable Instant databaseCheckedAt;
  private @Nullable Instant lastRescanAt;
  private @Nullable Instant nextRescanAt;
  private @Nullable Counts counts;
  private @Nullable ExceptionCounts exceptions;
  private List<Verifier> verifiers = List.of();
  private List<ImageVerdict> images = List.of();
  private @Nullable String lastHandledReconcileAt;
  private List<Condition> conditions = List.of();

  /// Starts from nothing.
  public ScanPolicyStatusBuilder() {}

  /// Starts from what is there.
  public static ScanPolicyStatusBuilder of(@Nullable ScanPolicyStatus was) {
    var copy = new ScanPolicyStatusBuilder();
    if (was == null) {
      return copy;
    }
    copy.observedGeneration = was.observedGeneration();
    copy.databaseUpdatedAt = was.databaseUpdatedAt();
    copy.databaseCheckedAt = was.databaseCheckedAt();
    copy.lastRescanAt = was.lastRescanAt();
    copy.nextRescanAt = was.nextRescanAt();
    copy.counts = was.counts();
    copy.exceptions = was.exceptions();
    copy.verifiers = was.verifiers();
    copy.images = was.images();
    copy.lastHandledReconcileAt = was.lastHandledReconcileAt();
    copy.conditions = was.conditions();
    return copy;
  }

  public ScanPolicyStatusBuilder observedGeneration(@Nullable Long value) {
    observedGeneration = value;
    return this;
  }

  public ScanPolicyStatusBuilder databaseUpdatedAt(@Nullable Instant value) {
    databaseUpdatedAt = value;
    return this;
  }

  public ScanPolicyStatusBuilder databaseCheckedAt(@Nullable Instant value) {
    databaseCheckedAt = value;
    return this;
  }

  public ScanPolicyStatusBuilder lastRescanAt(@Nullable Instant value) {
    lastRescanAt = value;
    return this;
  }

  public ScanPolicyStatusBuilder nextRescanAt(@Nullable Instant value) {
    nextRescanAt = value;
    return this;
  }

  public ScanPolicyStatusBuilder counts(@Nullable Counts value) {
    counts = value;
    return this;
  }

  public ScanPolicyStatusBuilder exceptions(@Nullable ExceptionCounts value) {
    exceptions = value;
    return this;
  }

  public ScanPolicyStatusBuilder verifiers(List<Verifier> value) {
    verifiers = value;
    return this;
  }

  public ScanPolicyStatusBuilder images(List<ImageVerdict> value) {
    images = value;
    return this;
  }

  public ScanPolicyStatusBuilder lastHandledReconcileAt(@Nullable String value) {
    lastHandledReconcileAt = value;
    return this;
  }

  public ScanPolicyStatusBuilder conditions(List<Condition> value) {
    conditions = value;
    return this;
  }

  public ScanPolicyStatus build() {
    return new ScanPolicyStatus(
        observedGeneration,
        databaseUpdatedAt,
        databaseCheckedAt,
        lastRescanAt,
        nextRescanAt,
        counts,
        exceptions,
        verifiers,
        images,
        lastHandledReconcileAt,
        conditions);
  }
}
