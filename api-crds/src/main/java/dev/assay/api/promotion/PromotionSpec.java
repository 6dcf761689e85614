package dev.assay.api.promotion;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.assay.api.Absent;
import dev.assay.api.schema.DurationText;
import dev.assay.api.schema.KeyedBy;
import dev.assay.api.schema.Shape;
import dev.assay.api.schema.Text;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request to copy an Artifact into another Bucket, and what people said to it.
@JsonClassDescription("Which bytes go where, and what people said to it.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "has(oldSelf.reason) == has(self.reason) && (!has(self.reason) || self.reason == oldSelf.reason)",
    message = "reason is immutable: approvals were given to it",
    fieldPath = ".reason")
@ValidationRule(
    value =
        "has(oldSelf.ttlAfterFinished) == has(self.ttlAfterFinished) && (!has(self.ttlAfterFinished) || self.ttlAfterFinished == oldSelf.ttlAfterFinished)",
    message = "ttlAfterFinished is immutable",
    fieldPath = ".ttlAfterFinished")
@ValidationRule(
    value =
        "!has(oldSelf.requester) || (has(self.requester) && self.requester == oldSelf.requester)",
    message = "requester cannot be changed or removed: it is who created the Promotion",
    fieldPath = ".requester")
@ValidationRule(
    value =
        "!has(oldSelf.approvals) || (has(self.approvals) && oldSelf.approvals.all(o, self.approvals.exists(a, a.user == o.user)))",
    message = "approvals cannot be removed: they are the record of the decision",
    fieldPath = ".approvals")
@ValidationRule(
    value = "!has(oldSelf.abort) || !oldSelf.abort || (has(self.abort) && self.abort)",
    message = "abort cannot be taken back: create another Promotion",
    fieldPath = ".abort")
public record PromotionSpec(
    @Required
        @ValidationRule(
            value = "self == oldSelf",
            message = "artifactRef is immutable: approvals are bound to these bytes")
        @JsonPropertyDescription("The Artifact to promote and the digest that is meant. Immutable.")
        ArtifactRef artifactRef,
    @Required
        @ValidationRule(
            value = "self == oldSelf",
            message = "target is immutable: approvals are bound to it")
        @JsonPropertyDescription("Where the copy goes. Immutable.")
        Target target,
    @Size(max = 1024) @JsonPropertyDescription("Why, for those who approve. Immutable.")
        @Nullable String reason,
    @JsonPropertyDescription("Who asked; stamped by the webhook on creation, whatever was sent.")
        @Nullable Requester requester,
    @Size(max = 32) @KeyedBy("user")
        @JsonPropertyDescription(
            "What people decided; each adds one item of their own, and none is changed or removed.")
        List<Approval> approvals,
    @JsonPropertyDescription("Ends the Promotion unless it has finished; cannot be taken back.")
        @Nullable Boolean abort,
    @JsonPropertyDescription(
            "How long the finished Promotion is kept, such as 2160h; for ever when absent. Immutable.")
        @Nullable @DurationText(min = "0s")
        String ttlAfterFinished) {
  public PromotionSpec {
    approvals = Absent.asEmpty(approvals);
  }

  public enum Decision {
    Approve,
    Reject
  }

  /// An Artifact and its bytes.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record ArtifactRef(
      @Required
          @JsonPropertyDescription("Name of the Artifact, in the same namespace.")
          @Text(Shape.OBJECT_NAME)
          String name,
      @Required
          @JsonPropertyDescription(
              "SHA-256 of the bytes, sha256:<hex>; approvals are for these bytes only.")
          @Text(Shape.DIGEST)
          String digest) {}

  /// Where the copy goes.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Target(
      @Required
          @JsonPropertyDescription("The Bucket; its owner's rules apply (spec.promotion there).")
          BucketRef bucketRef,
      @ValidationRule(
              value = "self.size() <= 63",
              message = "name must have at most 63 characters: it becomes a label")
          @JsonPropertyDescription("Name of the Artifact there; the source's when absent.")
          @Nullable @Text(Shape.OBJECT_NAME)
          String name) {}

  /// A Bucket, perhaps in another namespace.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record BucketRef(
      @Required @JsonPropertyDescription("Name of the Bucket.") @Text(Shape.OBJECT_NAME)
          String name,
      @JsonPropertyDescription("Namespace of the Bucket; the Promotion's own when absent.")
          @Nullable @Text(Shape.LABEL_NAME)
          String namespace) {}

  /// A Kubernetes user, as the API server knows it.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Requester(
      @Required @JsonPropertyDescription("Name of the user.") @Text(Shape.PRINCIPAL)
          String username,
      @Size(max = 256) @JsonPropertyDescription("Unique id of the user, where there is one.")
          @Nullable String uid,
      @Size(max = 256) @JsonPropertyDescription("Groups of the user.")
          List<@Size(max = 256) String> groups) {
    public Requester {
      groups = Absent.asEmpty(groups);
    }
  }

  /// What one person decided.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @ValidationRule(
      value = "self == oldSelf",
      message = "an approval cannot be changed: it is the record of a decision")
  public record Approval(
      @Required
          @JsonPropertyDescription("Name of the Kubernetes user; must be the one who sends it.")
          @Text(Shape.PRINCIPAL)
          String user,
      @Required @JsonPropertyDescription("Approve or Reject.") Decision decision,
      @Size(max = 1024) @JsonPropertyDescription("Why, for the record.") @Nullable String comment,
      @JsonPropertyDescription("When; stamped by the webhook, whatever was sent.")
          @Nullable Instant at,
      @Size(max = 256) @JsonPropertyDescription(
              "Unique id of the user; stamped by the webhook, whatever was sent.")
          @Nullable String uid,
      @Size(max = 256) @JsonPropertyDescription("Groups of the user; stamped by the webhook, whatever was sent.")
          List<@Size(max = 256) String> groups) {
    public Approval {
      groups = Absent.asEmpty(groups);
    }
  }
}
