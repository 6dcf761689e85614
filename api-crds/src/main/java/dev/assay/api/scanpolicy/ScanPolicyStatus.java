package dev.assay.api.scanpolicy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.assay.api.Absent;
import dev.assay.api.Condition;
import dev.assay.api.scanpolicy.VerifyRule.Keyless;
import dev.assay.api.schema.KeyedBy;
import dev.assay.api.schema.Shape;
import dev.assay.api.schema.Text;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is true of the policy; only the operator writes it.
@JsonClassDescription("What is true of the policy; only the operator writes it.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ScanPolicyStatus(
    @Min(-1) @JsonPropertyDescription(
            "metadata.generation that this status is about; -1 before the first one.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("When the vulnerability database in use was built.")
        @Nullable Instant databaseUpdatedAt,
    @JsonPropertyDescription("When the operator last looked for a newer one.")
        @Nullable Instant databaseCheckedAt,
    @JsonPropertyDescription("When the last scheduled rescan began.")
        @Nullable Instant lastRescanAt,
    @JsonPropertyDescription("When the next scheduled rescan is due.")
        @Nullable Instant nextRescanAt,
    @JsonPropertyDescription("Artifacts under this policy.") @Nullable Counts counts,
    @JsonPropertyDescription("How the exceptions stand.") @Nullable ExceptionCounts exceptions,
    @Size(max = 64) @KeyedBy("name")
        @JsonPropertyDescription(
            "Public keys and identities that spec.verify means, as the webhook uses them.")
        List<Verifier> verifiers,
    @Size(max = 500) @KeyedBy("image")
        @JsonPropertyDescription("Images under spec.images that are or were lately in use.")
        List<ImageVerdict> images,
    @Size(max = 256) @JsonPropertyDescription(
            "Value of the annotation reconcile.fluxcd.io/requestedAt that was handled last.")
        @Nullable String lastHandledReconcileAt,
    @Size(max = 16) @KeyedBy("type")
        @JsonPropertyDescription("Ready, DatabaseStale and others, each with reason and message.")
        List<Condition> conditions) {
  public ScanPolicyStatus {
    verifiers = Absent.asEmpty(verifiers);
    images = Absent.asEmpty(images);
    conditions = Absent.asEmpty(conditions);
  }

  /// Artifacts under this policy.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Counts(
      @Min(0) @JsonPropertyDescription("Waiting for a scan.") @Nullable Integer queued,
      @Min(0) @JsonPropertyDescription("Being scanned.") @Nullable Integer running,
      @Min(0) @JsonPropertyDescription("With a clean verdict.") @Nullable Integer clean,
      @Min(0) @JsonPropertyDescription("With a bad verdict.") @Nullable Integer quarantined,
      @Min(0) @JsonPropertyDescription("Whose scans fail.") @Nullable Integer failed) {}

  /// How the exceptions stand.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record ExceptionCounts(
      @Min(0) @JsonPropertyDescription("Those in force.") @Nullable Integer active,
      @Min(0) @JsonPropertyDescription("Those in force that end within seven days.")
          @Nullable Integer expiringSoon,
      @Min(0) @JsonPropertyDescription("Those that are over: their findings count again.")
          @Nullable Integer expired) {}

  /// What one rule of spec.verify means.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Verifier(
      @Required @JsonPropertyDescription("Name of the rule.") @Text(Shape.LABEL_NAME) String name,
      @Size(max = 32) @JsonPropertyDescription("Public keys.") List<VerifierKey> keys,
      @JsonPropertyDescription("Identity, for keyless signatures.") @Nullable Keyless keyless,
      @Size(min = 1, max = 131072) @JsonPropertyDescription("trusted_root.json of the Sigstore whose certificates count.")
          @Nullable String trustedRoot) {
    public Verifier {
      keys = Absent.asEmpty(keys);
    }
  }

  /// A public key.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record VerifierKey(
      @Required
          @Size(min = 1, max = 128) @JsonPropertyDescription("SHA-256 of the key's SubjectPublicKeyInfo, sha256:<hex>.")
          String fingerprint,
      @Required @Size(min = 1, max = 8192) @JsonPropertyDescription("The key in PEM.")
          String pem) {}
}
