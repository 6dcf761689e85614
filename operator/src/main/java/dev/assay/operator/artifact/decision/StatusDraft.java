package dev.assay.operator.artifact.decision;

import dev.assay.api.artifact.ArtifactStatus;
import dev.assay.api.artifact.ArtifactStatus.DownloadStatus;
import dev.assay.api.artifact.ArtifactStatus.Location;
import dev.assay.api.artifact.ArtifactStatus.Quarantine;
import dev.assay.api.artifact.ArtifactStatus.UploadStatus;
import dev.assay.api.artifact.ArtifactStatus.Verification;
import dev.assay.api.artifact.ArtifactStatusBuilder;
import dev.assay.api.artifact.Scan;
import dev.assay.operator.status.Draft;
import dev.assay.wire.control.StoredVersion;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The next status while it is being decided: starts as the last one, each stage writes its part.
/// Lives within one decision only.
final class StatusDraft {
  private final ArtifactStatus was;
  private final ArtifactStatusBuilder next;
  private final Map<String, Draft> conditions = new LinkedHashMap<>();
  private final Set<String> dropped = new HashSet<>();
  private @Nullable Scan scan;

  StatusDraft(ArtifactStatus was) {
    this.was = was;
    this.next = ArtifactStatusBuilder.of(was);
    this.scan = was.scan();
  }

  void locate(String bucket, String key) {
    var old = was.location();
    next.location(
        old == null
            ? new Location(bucket, key, null, null)
            : new Location(bucket, key, old.versionId(), old.etag()));
  }

  void store(String bucket, String softwareVersion, StoredVersion version) {
    var digest = "sha256:" + version.sha256();
    next.revision(softwareVersion + "@" + digest)
        .digest(digest)
        .size(version.sizeBytes())
        .mediaType(version.mediaType())
        .storedAt(version.storedAt())
        .uploader(version.uploader())
        .location(new Location(bucket, version.key(), version.versionId(), version.etag()));
  }

  void upload(@Nullable UploadStatus upload) {
    next.upload(upload);
  }

  void scan(@Nullable Scan scan) {
    this.scan = scan;
    next.scan(scan);
  }

  @Nullable Scan scan() {
    return scan;
  }

  void verification(@Nullable Verification verification) {
    next.verification(verification);
  }

  @Nullable Verification verified() {
    return was.verification();
  }

  void quarantine(@Nullable Quarantine quarantine) {
    next.quarantine(quarantine);
  }

  void download(@Nullable DownloadStatus download) {
    next.download(download);
  }

  /// Beside the summary, which is decided last.
  void condition(Draft condition) {
    conditions.put(condition.type(), condition);
  }

  /// A condition that has nothing to say any more.
  void without(String type) {
    dropped.add(type);
  }

  boolean drops(String type) {
    return dropped.contains(type);
  }

  Map<String, Draft> conditions() {
    return conditions;
  }

  ArtifactStatusBuilder next() {
    return next;
  }
}
