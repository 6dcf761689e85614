package dev.assay.api.bucket;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.assay.api.Absent;
import dev.assay.api.schema.DurationText;
import dev.assay.api.schema.KeyedBy;
import dev.assay.api.schema.Shape;
import dev.assay.api.schema.Text;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What must hold before an Artifact of another Bucket is copied into this one.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "!has(self.requiredApprovals) || self.requiredApprovals == 0 || (has(self.approvers) && size(self.approvers) > 0)",
    message =
        "approvers is required when requiredApprovals is greater than 0: nobody could approve")
@ValidationRule(
    value =
        "!has(self.requiredApprovals) || !has(self.approvers) || self.approvers.exists(a, has(a.group)) || self.requiredApprovals <= size(self.approvers)",
    message =
        "requiredApprovals must not be greater than the number of approvers, as no group is among them",
    fieldPath = ".requiredApprovals")
public record PromotionRules(
    @Required @Size(min = 1, max = 32) @JsonPropertyDescription("Where Artifacts may come from.")
        List<Origin> from,
    @Default("1")
        @Min(0) @Max(32) @JsonPropertyDescription(
            "How many approvals by different people are needed; 1 when absent.")
        @Nullable Integer requiredApprovals,
    @Size(max = 32) @JsonPropertyDescription(
            "Who may approve; Kubernetes RBAC (verb approve on this Bucket) must allow it as well.")
        List<Approver> approvers,
    @JsonPropertyDescription("Lets the requester approve too; false when absent.")
        @Nullable Boolean allowSelfApproval,
    @Size(max = 16) @JsonPropertyDescription(
            "When promotions may run: inside an Allow window where there is one, and outside every Deny window.")
        List<Window> windows,
    @Size(max = 16) @KeyedBy("name")
        @JsonPropertyDescription("Further conditions beside the built-in ones, as CEL.")
        List<Gate> gates) {
  public PromotionRules {
    from = Absent.asEmpty(from);
    approvers = Absent.asEmpty(approvers);
    windows = Absent.asEmpty(windows);
    gates = Absent.asEmpty(gates);
  }

  public enum WindowKind {
    Allow,
    Deny
  }

  /// A Bucket, or all Buckets of a namespace.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Origin(
      @JsonPropertyDescription("Namespace of the source; this Bucket's own when absent.")
          @Nullable @Text(Shape.LABEL_NAME)
          String namespace,
      @JsonPropertyDescription(
              "Name of the source Bucket; every Bucket of the namespace when absent.")
          @Nullable @Text(Shape.OBJECT_NAME)
          String bucket) {}

  /// A user or a group.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @ValidationRule(
      value = "has(self.user) != has(self.group)",
      message = "an approver must have exactly one of user and group")
  public record Approver(
      @JsonPropertyDescription(
              "Name of a Kubernetes user or system:serviceaccount:<namespace>:<name>.")
          @Nullable @Text(Shape.PRINCIPAL)
          String user,
      @JsonPropertyDescription(
              "Name of a Kubernetes group; service accounts approve only where named as user.")
          @Nullable @Text(Shape.PRINCIPAL)
          String group,
      @JsonPropertyDescription("At least one approval must come from here; false when absent.")
          @Nullable Boolean required) {}

  /// A recurring span of time.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Window(
      @Required @JsonPropertyDescription("Allow or Deny.") WindowKind kind,
      @Required
          @JsonPropertyDescription("When it starts, as a cron expression of five fields.")
          @Text(Shape.CRON)
          String cron,
      @Required
          @JsonPropertyDescription("How long it lasts, such as 4h.")
          @DurationText(min = "1m", max = "744h")
          String duration,
      @Default("UTC")
          @JsonPropertyDescription("Time zone of cron, such as Europe/Madrid; UTC when absent.")
          @Nullable @Text(Shape.TIME_ZONE)
          String timeZone) {}

  /// A condition of the target's own.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Gate(
      @Required
          @JsonPropertyDescription("Name shown in the Promotion's status.")
          @Text(Shape.LABEL_NAME)
          String name,
      @Required
          @Size(min = 1, max = 2048) @JsonPropertyDescription("CEL expression over artifact and promotion that must be true.")
          String cel,
      @Size(max = 512) @JsonPropertyDescription("Sentence shown when it is not.")
          @Nullable String message) {}
}
