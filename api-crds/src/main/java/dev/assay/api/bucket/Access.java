package dev.assay.api.bucket;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.assay.api.Absent;
import dev.assay.api.schema.AsSet;
import dev.assay.api.schema.KeyedBy;
import dev.assay.api.schema.Shape;
import dev.assay.api.schema.Text;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who may use the S3 API beside the presigned URLs.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "!has(self.policy) || self.policy.all(s, s.principals.all(p, p == '*' || (has(self.accessKeys) && self.accessKeys.exists(k, k.name == p))))",
    message = "every principal of a policy statement must be '*' or the name of an access key",
    fieldPath = ".policy")
@ValidationRule(
    value =
        "!has(self.accessKeys) || self.accessKeys.all(k, !has(k.secretName) || self.accessKeys.exists_one(o, has(o.secretName) && o.secretName == k.secretName))",
    message = "every access key must have a Secret of its own",
    fieldPath = ".accessKeys")
public record Access(
    @JsonPropertyDescription("Released objects are read without a signature; false when absent.")
        @Nullable Boolean anonymousRead,
    @Size(max = 32) @JsonPropertyDescription("What each access key may do beyond its role; Deny wins.")
        List<Statement> policy,
    @Size(max = 32) @KeyedBy("name")
        @JsonPropertyDescription(
            "Keys for S3 clients; the operator writes each into a Secret with COSI's names.")
        List<AccessKey> accessKeys) {
  public Access {
    policy = Absent.asEmpty(policy);
    accessKeys = Absent.asEmpty(accessKeys);
  }

  public enum Effect {
    Allow,
    Deny
  }

  public enum Action {
    @JsonProperty("s3:*")
    All,
    @JsonProperty("s3:GetObject")
    GetObject,
    @JsonProperty("s3:PutObject")
    PutObject,
    @JsonProperty("s3:DeleteObject")
    DeleteObject,
    @JsonProperty("s3:ListBucket")
    ListBucket
  }

  public enum Role {
    Read,
    ReadWrite
  }

  /// One rule; Deny wins over Allow.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Statement(
      @Required @JsonPropertyDescription("Allow or Deny.") Effect effect,
      @Required
          @Size(min = 1, max = 32) @AsSet
          @JsonPropertyDescription("Names of access keys, or * for everybody.")
          List<@Size(min = 1, max = 63) String> principals,
      @Required
          @Size(min = 1, max = 8) @AsSet
          @JsonPropertyDescription("S3 actions that the rule is about; s3:* for all.")
          List<Action> actions,
      @Size(max = 32) @AsSet
          @JsonPropertyDescription("Globs of the keys that the rule is about; all when absent.")
          List<@Text(Shape.KEY_GLOB) String> keys) {
    public Statement {
      principals = Absent.asEmpty(principals);
      actions = Absent.asEmpty(actions);
      keys = Absent.asEmpty(keys);
    }
  }

  /// A key for S3 clients.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record AccessKey(
      @Required @JsonPropertyDescription("Name of the key in this Bucket.") @Text(Shape.LABEL_NAME)
          String name,
      @JsonPropertyDescription(
              "Secret that the operator writes it into; <bucket>-<name> when absent.")
          @Nullable @Text(Shape.OBJECT_NAME)
          String secretName,
      @Required
          @JsonPropertyDescription(
              "Read (GET, HEAD, List of released objects) or ReadWrite (also PUT and DELETE).")
          Role role) {}
}
