package dev.assay.api.promotion;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.assay.api.Absent;
import dev.assay.api.Condition;
import dev.assay.api.StoredRef;
import dev.assay.api.schema.KeyedBy;
import dev.assay.api.schema.Shape;
import dev.assay.api.schema.Text;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the promotion stands; only the operator writes it.
@JsonClassDescription("How the promotion stands; only the operator writes it.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PromotionStatus(
    @Min(-1) @JsonPropertyDescription(
            "metadata.generation that this status is about; -1 before the first one.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription(
            "Pending, AwaitingApproval, Running, Succeeded, Failed, Rejected or Aborted.")
        @Nullable Phase phase,
    @JsonPropertyDescription("How many approvals are needed and given.")
        @Nullable ApprovalCounts approvals,
    @Size(max = 32) @KeyedBy("name")
        @JsonPropertyDescription("What each gate said last; all are asked again before the copy.")
        List<GateResult> gates,
    @JsonPropertyDescription("What was made, once it has succeeded.") @Nullable Result result,
    @JsonPropertyDescription("When the copy began.") @Nullable Instant startedAt,
    @JsonPropertyDescription("When the Promotion ended.") @Nullable Instant completedAt,
    @JsonPropertyDescription("Signed record of the decision in the target Bucket.")
        @Nullable StoredRef attestation,
    @Size(max = 256) @JsonPropertyDescription(
            "Value of the annotation reconcile.fluxcd.io/requestedAt that was handled last.")
        @Nullable String lastHandledReconcileAt,
    @Size(max = 16) @KeyedBy("type")
        @JsonPropertyDescription(
            "Approved, GatesPassed, Ready and others, each with reason and message.")
        List<Condition> conditions) {
  public PromotionStatus {
    gates = Absent.asEmpty(gates);
    conditions = Absent.asEmpty(conditions);
  }

  public enum Phase {
    Pending,
    AwaitingApproval,
    Running,
    Succeeded,
    Failed,
    Rejected,
    Aborted
  }

  public enum GateStatus {
    Passed,
    Failed,
    Pending
  }

  /// Approvals that count.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record ApprovalCounts(
      @Min(0) @Max(32) @JsonPropertyDescription("How many are needed.") @Nullable Integer required,
      @Min(0) @Max(32) @JsonPropertyDescription("How many were given by people who may.")
          @Nullable Integer have,
      @Size(max = 16) @JsonPropertyDescription("Both for people, such as 1/2.")
          @Nullable String summary) {}

  /// What a gate said.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record GateResult(
      @Required
          @Size(min = 1, max = 63) @JsonPropertyDescription("Name of the gate, such as ScanClean.")
          String name,
      @Required @JsonPropertyDescription("Passed, Failed or Pending.") GateStatus status,
      @Size(max = 128) @JsonPropertyDescription("Why, one word.") @Nullable String reason,
      @Size(max = 1024) @JsonPropertyDescription("Why, a sentence for people.")
          @Nullable String message,
      @Size(max = 1024) @JsonPropertyDescription(
              "What it was decided on, such as a digest or a key in the Bucket.")
          @Nullable String evidence) {}

  /// What was made.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Result(
      @JsonPropertyDescription("The Artifact in the target's namespace.")
          @Nullable TargetArtifact artifactRef,
      @JsonPropertyDescription("SHA-256 of the copy, equal to spec.artifactRef.digest.")
          @Nullable @Text(Shape.DIGEST)
          String digest,
      @Size(max = 1024) @JsonPropertyDescription("Key of the copy in the target Bucket.")
          @Nullable String key) {}

  /// The Artifact in the target's namespace.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record TargetArtifact(
      @Required @JsonPropertyDescription("Name of the Artifact.") @Text(Shape.OBJECT_NAME)
          String name,
      @JsonPropertyDescription("Namespace of the Artifact.") @Nullable @Text(Shape.LABEL_NAME)
          String namespace) {}
}
