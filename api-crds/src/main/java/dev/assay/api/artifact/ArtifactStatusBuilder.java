package dev.assay.api.artifact;

import dev.assay.api.Condition;
import dev.assay.api.artifact.ArtifactStatus.DownloadStatus;
import dev.assay.api.artifact.ArtifactStatus.FluxArtifact;
import dev.assay.api.artifact.ArtifactStatus.Location;
import dev.assay.api.artifact.ArtifactStatus.Phase;
import dev.assay.api.artifact.ArtifactStatus.PromotionRecord;
import dev.assay.api.artifact.ArtifactStatus.Quarantine;
import dev.assay.api.artifact.ArtifactStatus.UploadStatus;
import dev.assay.api.artifact.ArtifactStatus.Verification;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A copy of an `ArtifactStatus` with some of its parts replaced; `null` takes a part away.
public final class ArtifactStatusBuilder {
  private @Nullable Long observedGeneration;
  private @Nullable Phase phase;
  private @Nullable String revision;
  private @Nullable String digest;
  private @Nullable Long size;
  private @Nullable String mediaType;
  private @Nullable Instant storedAt;
  private @Nullable String uploader;
  private @Nullable Location location;
  private @Nullable UploadStatus upload;
  private @Nullable Verification verification;
  private @Nullable Scan scan;
  private @Nullable Quarantine quarantine;
  private @Nullable DownloadStatus download;
  private List<PromotionRecord> promotions = List.of();
  private @Nullable FluxArtifact artifact;
  private @Nullable String lastHandledReconcileAt;
  private List<Condition> conditions = List.of();

  /// Starts from nothing.
  public ArtifactStatusBuilder() {}

  /// Starts from what is there.
  public static ArtifactStatusBuilder of(@Nullable ArtifactStatus was) {
    var copy = new ArtifactStatusBuilder();
    if (was == null) {
      return copy;
    }
    copy.observedGeneration = was.observedGeneration();
    copy.phase = was.phase();
    copy.revision = was.revision();
    copy.digest = was.digest();
    copy.size = was.size();
    copy.mediaType = was.mediaType();
    copy.storedAt = was.storedAt();
    copy.uploader = was.uploader();
    copy.location = was.location();
    copy.upload = was.upload();
    copy.verification = was.verification();
    copy.scan = was.scan();
    copy.quarantine = was.quarantine();
    copy.download = was.download();
    copy.promotions = was.promotions();
    copy.artifact = was.artifact();
    copy.lastHandledReconcileAt = was.lastHandledReconcileAt();
    copy.conditions = was.conditions();
    return copy;
  }

  public ArtifactStatusBuilder observedGeneration(@Nullable Long value) {
    observedGeneration = value;
    return this;
  }

  public ArtifactStatusBuilder phase(@Nullable Phase value) {
    phase = value;
    return this;
  }

  public ArtifactStatusBuilder revision(@Nullable String value) {
    revision = value;
    return this;
  }

  public ArtifactStatusBuilder digest(@Nullable String value) {
    digest = value;
    return this;
  }

  public ArtifactStatusBuilder size(@Nullable Long value) {
    size = value;
    return this;
  }

  public ArtifactStatusBuilder mediaType(@Nullable String value) {
    mediaType = value;
    return this;
  }

  public ArtifactStatusBuilder storedAt(@Nullable Instant value) {
    storedAt = value;
    return this;
  }

  public ArtifactStatusBuilder uploader(@Nullable String value) {
    uploader = value;
    return this;
  }

  public ArtifactStatusBuilder location(@Nullable Location value) {
    location = value;
    return this;
  }

  public ArtifactStatusBuilder upload(@Nullable UploadStatus value) {
    upload = value;
    return this;
  }

  public ArtifactStatusBuilder verification(@Nullable Verification value) {
    verification = value;
    return this;
  }

  public ArtifactStatusBuilder scan(@Nullable Scan value) {
    scan = value;
    return this;
  }

  public ArtifactStatusBuilder quarantine(@Nullable Quarantine value) {
    quarantine = value;
    return this;
  }

  public ArtifactStatusBuilder download(@Nullable DownloadStatus value) {
    download = value;
    return this;
  }

  public ArtifactStatusBuilder promotions(List<PromotionRecord> value) {
    promotions = value;
    return this;
  }

  public ArtifactStatusBuilder artifact(@Nullable FluxArtifact value) {
    artifact = value;
    return this;
  }

  public ArtifactStatusBuilder lastHandledReconcileAt(@Nullable String value) {
    lastHandledReconcileAt = value;
    return this;
  }

  public ArtifactStatusBuilder conditions(List<Condition> value) {
    conditions = value;
    return this;
  }

  public ArtifactStatus build() {
    return new ArtifactStatus(
        observedGeneration,
        phase,
        revision,
        digest,
        size,
        mediaType,
        storedAt,
        uploader,
        location,
        upload,
        verification,
        scan,
        quarantine,
        download,
        promotions,
        artifact,
        lastHandledReconcileAt,
        conditions);
  }
}
