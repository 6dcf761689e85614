package dev.assay.api.bucket;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.assay.api.Absent;
import dev.assay.api.Condition;
import dev.assay.api.schema.KeyedBy;
import dev.assay.api.schema.Shape;
import dev.assay.api.schema.Text;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is true of the store; only the operator writes it.
@JsonClassDescription("What is true of the store; only the operator writes it.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BucketStatus(
    @Min(-1) @JsonPropertyDescription(
            "metadata.generation that this status is about; -1 before the first one.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("One word for people; programs read the conditions.")
        @Nullable Phase phase,
    @JsonPropertyDescription("Where S3 clients reach the Bucket.") @Nullable Endpoints endpoints,
    @JsonPropertyDescription("The PersistentVolumeClaim, with provider filesystem.")
        @Nullable @Text(Shape.OBJECT_NAME)
        String claimName,
    @JsonPropertyDescription("How the servers stand.") @Nullable DataPlaneStatus dataPlane,
    @JsonPropertyDescription("What the store holds; updated at most every 30 s.")
        @Nullable Usage usage,
    @JsonPropertyDescription("Artifacts of this Bucket.") @Nullable ArtifactCounts artifacts,
    @JsonPropertyDescription("What the retention rules would delete next.")
        @Nullable RetentionPlan retentionPlan,
    @Size(max = 100) @KeyedBy("replica")
        @JsonPropertyDescription("Signed head of each replica's audit chain.")
        List<AuditHead> audit,
    @Size(max = 256) @JsonPropertyDescription(
            "Value of the annotation reconcile.fluxcd.io/requestedAt that was handled last.")
        @Nullable String lastHandledReconcileAt,
    @Size(max = 16) @KeyedBy("type")
        @JsonPropertyDescription(
            "Ready, EndpointReachable, DataPlaneAvailable, QuotaExceeded, DeletionBlocked and others, each with reason and message.")
        List<Condition> conditions) {
  public BucketStatus {
    audit = Absent.asEmpty(audit);
    conditions = Absent.asEmpty(conditions);
  }

  public enum Phase {
    Pending,
    Ready,
    Degraded,
    Failed,
    Deleting
  }

  /// URLs without credentials.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Endpoints(
      @Size(max = 2048) @JsonPropertyDescription("URL inside the cluster.")
          @Nullable String internal,
      @Size(max = 2048) @JsonPropertyDescription(
              "URL from outside, where dataPlane.ingress or dataPlane.route has a host.")
          @Nullable String external) {}

  /// How the servers stand.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record DataPlaneStatus(
      @Min(0) @JsonPropertyDescription("Servers that are wanted.") @Nullable Integer replicas,
      @Min(0) @JsonPropertyDescription("Servers that answer.") @Nullable Integer readyReplicas,
      @Size(max = 128) @JsonPropertyDescription("SHA-256 of the configuration that is in force.")
          @Nullable String configurationDigest) {}

  /// What the store holds.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Usage(
      @Min(0) @JsonPropertyDescription("Object versions.") @Nullable Long objects,
      @Min(0) @JsonPropertyDescription("Their sizes added up.") @Nullable Long bytes,
      @JsonPropertyDescription("When it was counted.") @Nullable Instant observedAt) {}

  /// Artifacts of this Bucket.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record ArtifactCounts(
      @Min(0) @JsonPropertyDescription("All of them.") @Nullable Integer total,
      @Min(0) @JsonPropertyDescription("Those that are served.") @Nullable Integer ready,
      @Min(0) @JsonPropertyDescription("Those that are held back.")
          @Nullable Integer quarantined) {}

  /// What the retention rules would delete next.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record RetentionPlan(
      @Min(0) @JsonPropertyDescription("Number of versions.") @Nullable Integer wouldDelete,
      @JsonPropertyDescription("When they go; absent with dryRun.") @Nullable Instant at) {}

  /// The last entry of one replica's audit chain.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record AuditHead(
      @Required @JsonPropertyDescription("Name of the replica.") @Text(Shape.OBJECT_NAME)
          String replica,
      @Required @Min(0) @JsonPropertyDescription("Number of the entry.") Long seq,
      @Required
          @JsonPropertyDescription("SHA-256 of the entry, which covers all before it.")
          @Text(Shape.DIGEST)
          String digest,
      @JsonPropertyDescription("When the operator signed it.") @Nullable Instant signedAt) {}
}
