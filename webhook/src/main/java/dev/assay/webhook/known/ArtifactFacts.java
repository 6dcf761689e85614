package dev.assay.webhook.known;

import dev.assay.api.Artifact;
import dev.assay.api.Condition;
import dev.assay.api.Vocabulary.ConditionTypes;
import dev.assay.api.artifact.ArtifactStatus;
import dev.assay.api.artifact.ArtifactStatus.Verification;
import dev.assay.api.artifact.Scan;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What other objects' reviews ask of an Artifact.
///
/// @param askedPolicy what it names instead of its Bucket's default
/// @param digest of the stored bytes, `sha256:<hex>`; empty before they came
public record ArtifactFacts(
    String namespace,
    String name,
    String bucket,
    Optional<String> askedPolicy,
    Optional<String> digest,
    boolean quarantined,
    Optional<Verification> signature,
    Optional<Scan.Verdict> verdict,
    Optional<Instant> verdictValidUntil) {

  static ArtifactFacts of(Artifact artifact) {
    var spec = artifact.getSpec();
    var status = artifact.getStatus();
    var asked = spec.scanPolicyRef();
    var scan = status == null ? null : status.scan();
    return new ArtifactFacts(
        artifact.getMetadata().getNamespace(),
        artifact.getMetadata().getName(),
        spec.bucketRef().name(),
        Optional.ofNullable(asked == null ? null : asked.name()),
        Optional.ofNullable(status == null ? null : status.digest()),
        isQuarantined(status),
        Optional.ofNullable(status == null ? null : status.verification()),
        Optional.ofNullable(scan == null ? null : scan.verdict()),
        Optional.ofNullable(scan == null ? null : scan.validUntil()));
  }

  /// Whether the operator holds the bytes back.
  public static boolean isQuarantined(@Nullable ArtifactStatus status) {
    return status != null
        && status.conditions().stream()
            .anyMatch(c ->
                c.type().equals(ConditionTypes.QUARANTINED) && c.status() == Condition.Status.True);
  }
}
