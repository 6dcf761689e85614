package dev.assay.operator.artifact;

import dev.assay.api.Artifact;
import dev.assay.api.Bucket;
import dev.assay.api.ScanPolicy;
import dev.assay.api.StoredRef;
import dev.assay.api.artifact.ArtifactStatus;
import dev.assay.operator.artifact.decision.BucketSight;
import dev.assay.operator.artifact.decision.Next.SecretRole;
import dev.assay.operator.artifact.decision.PolicySight;
import dev.assay.operator.artifact.decision.Sights;
import dev.assay.operator.artifact.decision.Sights.UrlSecret;
import dev.assay.operator.artifact.decision.Subject;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one reconciliation has seen so far. What a call answers is seen as well, so nothing is
/// asked twice; the next reconciliation starts with nothing.
final class Sight {
  final Optional<Bucket> bucket;
  final BucketSight bucketSight;
  final Optional<ScanPolicy> policy;
  final PolicySight policySight;
  final Map<SecretRole, UrlSecret> secrets = new EnumMap<>(SecretRole.class);
  final Map<String, Sights.Job> jobs = new HashMap<>();
  final Map<StoredRef, Sights.FindingsFile> findings = new HashMap<>();
  Sights.@Nullable Session session;
  Sights.@Nullable Version version;
  Sights.@Nullable Signing signing;
  boolean urlsDropped;

  /// Name of the Job that a scan slot was taken for and that was not created yet.
  @Nullable String slot;

  private Artifact artifact;

  Sight(
      Artifact artifact,
      Optional<Bucket> bucket,
      BucketSight bucketSight,
      Optional<ScanPolicy> policy,
      PolicySight policySight) {
    this.artifact = artifact;
    this.bucket = bucket;
    this.bucketSight = bucketSight;
    this.policy = policy;
    this.policySight = policySight;
  }

  Artifact artifact() {
    return artifact;
  }

  Subject subject() {
    return Subjects.of(artifact);
  }

  ArtifactStatus status() {
    return Subjects.status(artifact);
  }

  boolean isServing() {
    return bucketSight instanceof BucketSight.Serving;
  }

  /// The Artifact with the status that was just written.
  void written(Artifact next) {
    var was = status();
    artifact = next;
    var is = status();
    if (!Objects.equals(uploadIdentity(was), uploadIdentity(is))) {
      // New URLs: creating comes before asking, and a 409 tells what is there (decision 20).
      secrets.put(SecretRole.Upload, new UrlSecret.Absent());
      secrets.put(SecretRole.Parts, new UrlSecret.Absent());
      session = was.upload() == null ? new Sights.Session.None() : session;
    }
    if (!Objects.equals(downloadIdentity(was), downloadIdentity(is))) {
      secrets.put(SecretRole.Download, new UrlSecret.Absent());
    }
  }

  private static Optional<Object> uploadIdentity(ArtifactStatus status) {
    return Optional.ofNullable(status.upload())
        .map(u -> Arrays.asList(u.secretName(), u.issuedAt(), u.parts()));
  }

  private static Optional<Object> downloadIdentity(ArtifactStatus status) {
    return Optional.ofNullable(status.download())
        .map(d -> Arrays.asList(d.secretName(), d.issuedAt()));
  }
}
