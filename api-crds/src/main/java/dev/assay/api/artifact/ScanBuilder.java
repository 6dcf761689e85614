package dev.assay.api.artifact;

import dev.assay.api.StoredRef;
import dev.assay.api.artifact.Scan.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A copy of a `Scan` with some of its parts replaced; `null` takes a part away.
public final class ScanBuilder {
  private @Nullable Verdict verdict;
  private @Nullable String policy;
  private @Nullable Long policyGeneration;
  private @Nullable String inputsHash;
  private @Nullable Instant databaseUpdatedAt;
  private @Nullable String engineVersion;
  private @Nullable Instant scannedAt;
  private @Nullable Instant validUntil;
  private @Nullable Instant nextScanAt;
  private @Nullable Integer attempts;
  private @Nullable Instant nextAttemptAt;
  private @Nullable String lastFailure;
  private @Nullable String jobName;
  private @Nullable Integer critical;
  private @Nullable Integer high;
  private @Nullable Integer medium;
  private @Nullable Integer low;
  private @Nullable Integer unknown;
  private @Nullable Integer secrets;
  private @Nullable Integer excepted;
  private @Nullable StoredRef reportRef;
  private @Nullable StoredRef sbomRef;
  private @Nullable StoredRef findingsRef;

  /// Starts from nothing.
  public ScanBuilder() {}

  /// Starts from what is there.
  public static ScanBuilder of(@Nullable Scan was) {
    var copy = new ScanBuilder();
    if (was == null) {
      return copy;
    }
    copy.verdict = was.verdict();
    copy.policy = was.policy();
    copy.policyGeneration = was.policyGeneration();
    copy.inputsHash = was.inputsHash();
    copy.databaseUpdatedAt = was.databaseUpdatedAt();
    copy.engineVersion = was.engineVersion();
    copy.scannedAt = was.scannedAt();
    copy.validUntil = was.validUntil();
    copy.nextScanAt = was.nextScanAt();
    copy.attempts = was.attempts();
    copy.nextAttemptAt = was.nextAttemptAt();
    copy.lastFailure = was.lastFailure();
    copy.jobName = was.jobName();
    copy.critical = was.critical();
    copy.high = was.high();
    copy.medium = was.medium();
    copy.low = was.low();
    copy.unknown = was.unknown();
    copy.secrets = was.secrets();
    copy.excepted = was.excepted();
    copy.reportRef = was.reportRef();
    copy.sbomRef = was.sbomRef();
    copy.findingsRef = was.findingsRef();
    return copy;
  }

  public ScanBuilder verdict(@Nullable Verdict value) {
    verdict = value;
    return this;
  }

  public ScanBuilder policy(@Nullable String value) {
    policy = value;
    return this;
  }

  public ScanBuilder policyGeneration(@Nullable Long value) {
    policyGeneration = value;
    return this;
  }

  public ScanBuilder inputsHash(@Nullable String value) {
    inputsHash = value;
    return this;
  }

  public ScanBuilder databaseUpdatedAt(@Nullable Instant value) {
    databaseUpdatedAt = value;
    return this;
  }

  public ScanBuilder engineVersion(@Nullable String value) {
    engineVersion = value;
    return this;
  }

  public ScanBuilder scannedAt(@Nullable Instant value) {
    scannedAt = value;
    return this;
  }

  public ScanBuilder validUntil(@Nullable Instant value) {
    validUntil = value;
    return this;
  }

  public ScanBuilder nextScanAt(@Nullable Instant value) {
    nextScanAt = value;
    return this;
  }

  public ScanBuilder attempts(@Nullable Integer value) {
    attempts = value;
    return this;
  }

  public ScanBuilder nextAttemptAt(@Nullable Instant value) {
    nextAttemptAt = value;
    return this;
  }

  public ScanBuilder lastFailure(@Nullable String value) {
    lastFailure = value;
    return this;
  }

  public ScanBuilder jobName(@Nullable String value) {
    jobName = value;
    return this;
  }

  public ScanBuilder critical(@Nullable Integer value) {
    critical = value;
    return this;
  }

  public ScanBuilder high(@Nullable Integer value) {
    high = value;
    return this;
  }

  public ScanBuilder medium(@Nullable Integer value) {
    medium = value;
    return this;
  }

  public ScanBuilder low(@Nullable Integer value) {
    low = value;
    return this;
  }

  public ScanBuilder unknown(@Nullable Integer value) {
    unknown = value;
    return this;
  }

  public ScanBuilder secrets(@Nullable Integer value) {
    secrets = value;
    return this;
  }

  public ScanBuilder excepted(@Nullable Integer value) {
    excepted = value;
    return this;
  }

  public ScanBuilder reportRef(@Nullable StoredRef value) {
    reportRef = value;
    return this;
  }

  public ScanBuilder sbomRef(@Nullable StoredRef value) {
    sbomRef = value;
    return this;
  }

  public ScanBuilder findingsRef(@Nullable StoredRef value) {
    findingsRef = value;
    return this;
  }

  public Scan build() {
    return new Scan(
        verdict,
        policy,
        policyGeneration,
        inputsHash,
        databaseUpdatedAt,
        engineVersion,
        scannedAt,
        validUntil,
        nextScanAt,
        attempts,
        nextAttemptAt,
        lastFailure,
        jobName,
        critical,
        high,
        medium,
        low,
        unknown,
        secrets,
        excepted,
        reportRef,
        sbomRef,
        findingsRef);
  }
}
