package dev.assay.operator.artifact;

import dev.assay.api.Artifact;
import dev.assay.api.artifact.ArtifactStatus.DownloadStatus;
import dev.assay.api.artifact.ArtifactStatus.UploadStatus;
import dev.assay.operator.artifact.decision.BucketSight;
import dev.assay.operator.artifact.decision.LocationKey;
import dev.assay.operator.artifact.decision.Next.SecretRole;
import dev.assay.operator.artifact.decision.UploadPlan;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The URL Secrets that an Artifact's status calls for.
final class Desired {
  /// Bytes of a part's URL where no part is asked for: nothing is cut by it.
  private static final int NO_PARTS = 1;

  private final BucketKeys keys;

  Desired(BucketKeys keys) {
    this.keys = keys;
  }

  /// The Secret's name in effect; empty when status mentions none.
  static Optional<String> name(Artifact artifact, SecretRole role) {
    var status = Subjects.status(artifact);
    return switch (role) {
      case Upload -> Optional.ofNullable(status.upload()).map(UploadStatus::secretName);
      case Parts ->
          Optional.ofNullable(status.upload())
              .filter(u -> u.parts() != null)
              .map(UploadStatus::secretName)
              .map(name -> name + "-parts");
      case Download -> Optional.ofNullable(status.download()).map(DownloadStatus::secretName);
    };
  }

  /// The Secret with its content where that can be said, else by its name alone; empty when status
  /// mentions none.
  Optional<Secret> secret(Sight sight, SecretRole role) {
    var artifact = sight.artifact();
    return name(artifact, role)
        .map(name -> content(sight, role, name).orElseGet(() -> UrlSecrets.named(artifact, name)));
  }

  private Optional<Secret> content(Sight sight, SecretRole role, String name) {
    var issuedAt = issuedAt(sight, role);
    if (issuedAt == null || !(sight.bucketSight instanceof BucketSight.Serving serving)) {
      return Optional.empty();
    }
    var secrets = secrets(sight);
    return switch (role) {
      case Upload ->
          plan(sight, serving, secrets).map(plan -> secrets.upload(name, plan, issuedAt));
      case Parts ->
          plan(sight, serving, secrets)
              .filter(plan -> plan.parts().isPresent())
              .map(plan -> secrets.parts(name, plan, issuedAt));
      case Download -> download(sight, secrets);
    };
  }

  private UrlSecrets secrets(Sight sight) {
    return new UrlSecrets(sight.artifact(), keys.of(sight.bucket.orElseThrow()));
  }

  private static Optional<Secret> download(Sight sight, UrlSecrets secrets) {
    var status = sight.status();
    var download = status.download();
    var location = status.location();
    return download == null || location == null || location.versionId() == null
        ? Optional.empty()
        : Optional.of(secrets.download(download, location));
  }

  // Once bytes are stored, the upload's Secrets only have to go.
  private static Optional<UploadPlan> plan(
      Sight sight, BucketSight.Serving serving, UrlSecrets secrets) {
    var subject = sight.subject();
    var asked = subject.spec().source().upload();
    return asked == null
            || subject.status().digest() != null
            || !(subject.key() instanceof LocationKey.Usable(var key))
        ? Optional.empty()
        : Optional.of(
            UploadPlan.of(subject, asked, key, serving, partUrlLength(sight, secrets, key)));
  }

  /// Bytes of one part's URL.
  int partUrlLength(Sight sight) {
    var asked = sight.subject().spec().source().upload();
    return asked != null
            && asked.multipart() != null
            && sight.isServing()
            && sight.subject().key() instanceof LocationKey.Usable(var key)
        ? partUrlLength(sight, secrets(sight), key)
        : NO_PARTS;
  }

  private static int partUrlLength(Sight sight, UrlSecrets secrets, String key) {
    return secrets.partUrlLength(key, sight.subject().session(), Instant.EPOCH);
  }

  private static @Nullable Instant issuedAt(Sight sight, SecretRole role) {
    var status = sight.status();
    if (role == SecretRole.Download) {
      return status.download() == null ? null : status.download().issuedAt();
    }
    return status.upload() == null ? null : status.upload().issuedAt();
  }
}
