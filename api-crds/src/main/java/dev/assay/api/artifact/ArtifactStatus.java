package dev.assay.api.artifact;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.assay.api.Absent;
import dev.assay.api.Condition;
import dev.assay.api.schema.KeyedBy;
import dev.assay.api.schema.Shape;
import dev.assay.api.schema.Text;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is true of the artifact; only the operator writes it.
@JsonClassDescription("What is true of the artifact; only the operator writes it.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ArtifactStatus(
    @Min(-1) @JsonPropertyDescription(
            "metadata.generation that this status is about; -1 before the first one.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("One word for people; programs read the conditions.")
        @Nullable Phase phase,
    @Size(max = 256) @JsonPropertyDescription("<version>@sha256:<hex> of the bytes that are stored.")
        @Nullable String revision,
    @JsonPropertyDescription("SHA-256 of the stored bytes, sha256:<hex>.")
        @Nullable @Text(Shape.DIGEST)
        String digest,
    @Min(0) @JsonPropertyDescription("Length of the stored bytes.") @Nullable Long size,
    @Size(max = 255) @JsonPropertyDescription("Content-Type of the stored bytes.")
        @Nullable String mediaType,
    @JsonPropertyDescription("When the bytes became durable in the store.")
        @Nullable Instant storedAt,
    @Size(max = 256) @JsonPropertyDescription("Access key or user that the bytes came from.")
        @Nullable String uploader,
    @JsonPropertyDescription("Where the bytes are.") @Nullable Location location,
    @JsonPropertyDescription("The upload window, while there is one.")
        @Nullable UploadStatus upload,
    @JsonPropertyDescription("The signature that was accepted.")
        @Nullable Verification verification,
    @JsonPropertyDescription("The latest verdict and what it rests on.") @Nullable Scan scan,
    @JsonPropertyDescription("Why the bytes are not served; absent when they are not quarantined.")
        @Nullable Quarantine quarantine,
    @JsonPropertyDescription("The download Secret, while there is one.")
        @Nullable DownloadStatus download,
    @Size(max = 10) @JsonPropertyDescription("The last ten Promotions of this Artifact, newest first.")
        List<PromotionRecord> promotions,
    @JsonPropertyDescription("What Flux consumers read, while the Artifact is Ready.")
        @Nullable FluxArtifact artifact,
    @Size(max = 256) @JsonPropertyDescription(
            "Value of the annotation reconcile.fluxcd.io/requestedAt that was handled last.")
        @Nullable String lastHandledReconcileAt,
    @Size(max = 16) @KeyedBy("type")
        @JsonPropertyDescription(
            "Ready, ArtifactInStorage, SourceVerified, Scanned, Quarantined and others, each with reason and message.")
        List<Condition> conditions) {
  public ArtifactStatus {
    promotions = Absent.asEmpty(promotions);
    conditions = Absent.asEmpty(conditions);
  }

  public enum Phase {
    Pending,
    Receiving,
    Verifying,
    Scanning,
    Ready,
    Quarantined,
    Failed,
    Deleting
  }

  /// An object of a Bucket.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Location(
      @Required @JsonPropertyDescription("Name of the Bucket.") @Text(Shape.OBJECT_NAME)
          String bucket,
      @Required
          @Size(min = 1, max = 1024) @JsonPropertyDescription("Key of the object in effect, also where spec.key is absent.")
          String key,
      @Size(max = 256) @JsonPropertyDescription("Version of the object that this status is about.")
          @Nullable String versionId,
      @Size(max = 256) @JsonPropertyDescription("S3 ETag of that version, without quotes.")
          @Nullable String etag) {}

  /// An upload window.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record UploadStatus(
      @JsonPropertyDescription("Secret with the upload URL.") @Nullable @Text(Shape.OBJECT_NAME)
          String secretName,
      @Size(max = 128) @JsonPropertyDescription("Id of the upload session in the store.")
          @Nullable String session,
      @JsonPropertyDescription("Time that the URL was signed for; written before the Secret.")
          @Nullable Instant issuedAt,
      @JsonPropertyDescription("When the window closes.") @Nullable Instant expiresAt,
      @Min(0) @JsonPropertyDescription("Bytes that arrived; updated at most every 30 s.")
          @Nullable Long bytesReceived,
      @Min(0) @Max(1000) @JsonPropertyDescription("Finished parts of a multipart upload.")
          @Nullable Integer partsReceived,
      @Min(0) @Max(1000) @JsonPropertyDescription("Part URLs that were issued; absent for one PUT.")
          @Nullable Integer parts,
      @JsonPropertyDescription("The newest refused attempt; cleared by a success.")
          @Nullable Refusal refusal) {}

  /// An upload that was refused; nothing of it is stored.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Refusal(
      @Required
          @Size(min = 1, max = 64) @JsonPropertyDescription("Why, one word such as DigestMismatch or TooLarge.")
          String reason,
      @Size(max = 256) @JsonPropertyDescription("What the window asks for.")
          @Nullable String expected,
      @Size(max = 256) @JsonPropertyDescription("What came instead.") @Nullable String actual) {}

  /// A signature that was accepted.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Verification(
      @JsonPropertyDescription("When it was checked.") @Nullable Instant verifiedAt,
      @Size(max = 512) @JsonPropertyDescription("Subject of the signing certificate, for a keyless signature.")
          @Nullable String identity,
      @Size(max = 512) @JsonPropertyDescription("Issuer of that identity.") @Nullable String issuer,
      @Size(max = 128) @JsonPropertyDescription("SHA-256 of the public key that matched, for a key.")
          @Nullable String keyFingerprint,
      @JsonPropertyDescription("SHA-256 of the bundle.") @Nullable @Text(Shape.DIGEST)
          String bundleDigest,
      @Size(max = 253) @JsonPropertyDescription("The rule of the ScanPolicy, or spec.verify, that it satisfied.")
          @Nullable String verifier) {}

  /// Why the bytes are held back.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Quarantine(
      @Required @JsonPropertyDescription("When the quarantine began.") Instant since,
      @Required
          @Size(min = 1, max = 128) @JsonPropertyDescription("Why, one word such as VulnerabilitiesFound.")
          String reason,
      @Size(max = 1024) @JsonPropertyDescription("Why, a sentence for people.")
          @Nullable String message) {}

  /// The download Secret.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record DownloadStatus(
      @JsonPropertyDescription("Secret with the download URL.") @Nullable @Text(Shape.OBJECT_NAME)
          String secretName,
      @JsonPropertyDescription("Time that the URL was signed for; written before the Secret.")
          @Nullable Instant issuedAt,
      @JsonPropertyDescription("When the URL expires.") @Nullable Instant notAfter,
      @JsonPropertyDescription("When the next URL is due.") @Nullable Instant renewalTime,
      @Min(0) @JsonPropertyDescription("Grows with every renewal.") @Nullable Long revision) {}

  /// A Promotion of this Artifact.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record PromotionRecord(
      @Required @JsonPropertyDescription("Name of the Promotion.") @Text(Shape.OBJECT_NAME)
          String name,
      @JsonPropertyDescription("Namespace of the target Bucket.") @Nullable @Text(Shape.LABEL_NAME)
          String targetNamespace,
      @JsonPropertyDescription("Name of the target Bucket.") @Nullable @Text(Shape.OBJECT_NAME)
          String targetBucket,
      @Size(max = 32) @JsonPropertyDescription("How it stands or ended.") @Nullable String phase,
      @JsonPropertyDescription("When it ended; absent while it runs.")
          @Nullable Instant completedAt) {}

  /// Flux's meta.Artifact.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record FluxArtifact(
      @Required @JsonPropertyDescription("SHA-256 of what the URL serves.") @Text(Shape.DIGEST)
          String digest,
      @Required @JsonPropertyDescription("When it was published.") Instant lastUpdateTime,
      @Required @Size(min = 1, max = 1024) @JsonPropertyDescription("Path of the packed bytes.")
          String path,
      @Required
          @Size(min = 1, max = 256) @JsonPropertyDescription("Revision of the bytes, <version>@sha256:<hex>.")
          String revision,
      @Required
          @Size(min = 1, max = 2048) @JsonPropertyDescription(
              "Where consumers fetch it; inside the cluster, without credentials.")
          String url,
      @Min(0) @JsonPropertyDescription("Length of what the URL serves.") @Nullable Long size,
      @Size(max = 32) @JsonPropertyDescription("Annotations that consumers show.")
          Map<String, @Size(max = 1024) String> metadata) {
    public FluxArtifact {
      metadata = Absent.asEmpty(metadata);
    }
  }
}
