package dev.assay.api.bucket;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.assay.api.Absent;
import dev.assay.api.LocalRef;
import dev.assay.api.schema.AsSet;
import dev.assay.api.schema.DurationText;
import dev.assay.api.schema.Shape;
import dev.assay.api.schema.SizeText;
import dev.assay.api.schema.Text;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is wanted of one store: where the bytes lie, who reaches them, and what must hold before
/// they are served.
@JsonClassDescription(
    "What is wanted: where the bytes lie, who reaches them, and what must hold before they are served.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "(self.provider == 'filesystem') == has(self.filesystem)",
    message = "filesystem is required with provider filesystem, and forbidden with another",
    fieldPath = ".filesystem")
@ValidationRule(
    value = "(self.provider == 's3') == has(self.s3)",
    message = "s3 is required with provider s3, and forbidden with another",
    fieldPath = ".s3")
@ValidationRule(
    value =
        "self.provider != 'filesystem' || !has(self.dataPlane) || (!has(self.dataPlane.autoscaling) && (!has(self.dataPlane.replicas) || self.dataPlane.replicas == 1))",
    message =
        "provider filesystem runs one replica: set dataPlane.replicas to 1 or leave it out, and leave out autoscaling",
    fieldPath = ".dataPlane")
public record BucketSpec(
    @Required
        @ValidationRule(
            value = "self == oldSelf",
            message = "provider is immutable: create another Bucket and promote the Artifacts")
        @JsonPropertyDescription(
            "What keeps the bytes: filesystem (a volume) or s3 (an S3 service). Immutable.")
        Provider provider,
    @JsonPropertyDescription("The volume, with provider filesystem.")
        @Nullable Filesystem filesystem,
    @JsonPropertyDescription("The S3 service, with provider s3.") @Nullable S3 s3,
    @JsonPropertyDescription(
            "How the server in front of the bytes runs; one replica with default resources when absent.")
        @Nullable DataPlane dataPlane,
    @JsonPropertyDescription(
            "Who may use the S3 API beside the presigned URLs; nobody when absent.")
        @Nullable Access access,
    @JsonPropertyDescription("What may be stored; no limits but the volume's when absent.")
        @Nullable Limits limits,
    @Default("Allow")
        @JsonPropertyDescription(
            "What an upload of bytes that the Bucket already holds does: Allow (default), Reuse (stored once) or Reject.")
        @Nullable Duplicates duplicates,
    @JsonPropertyDescription(
            "Whether S3 clients see older versions of a key: Enabled or Disabled (when absent).")
        @Nullable Versioning versioning,
    @Size(max = 64) @AsSet
        @JsonPropertyDescription(
            "Globs of keys whose released version is never replaced or deleted, such as releases/**.")
        List<@Text(Shape.KEY_GLOB) String> immutability,
    @Size(max = 32) @JsonPropertyDescription("Rules that delete old versions; none when absent.")
        List<Retention> retention,
    @Default("24h")
        @JsonPropertyDescription("Idle multipart uploads are swept after this; 24h when absent.")
        @Nullable @DurationText(min = "1m", max = "720h")
        String abortIncompleteUploadAfter,
    @JsonPropertyDescription(
            "ScanPolicy of the Artifacts that choose none; without it nothing is released where release is WhenReady.")
        @Nullable LocalRef defaultScanPolicyRef,
    @Size(max = 32) @AsSet
        @JsonPropertyDescription(
            "ScanPolicies that an Artifact may choose instead of the default; none when absent.")
        List<@Text(Shape.OBJECT_NAME) String> allowedScanPolicies,
    @Default("Manual")
        @JsonPropertyDescription(
            "Whether an object put through the S3 API gets an Artifact: Automatic, or Manual (default).")
        @Nullable Registration registration,
    @Default("WhenReady")
        @JsonPropertyDescription(
            "WhenReady (default) serves only what has passed; Immediately makes a plain S3 store.")
        @Nullable Release release,
    @JsonPropertyDescription(
            "Who may promote into this Bucket and what must hold; nobody when absent.")
        @Nullable PromotionRules promotion,
    @Default("Managed")
        @JsonPropertyDescription(
            "Managed (default) creates the volume or S3 bucket; Existing uses one that is there.")
        @Nullable Provisioning provisioning,
    @Default("Retain")
        @JsonPropertyDescription(
            "What happens to the bytes when the Bucket is deleted: Retain (default) or Delete.")
        @Nullable DeletionPolicy deletionPolicy,
    @JsonPropertyDescription("Stops reconciliation while true; the server goes on serving.")
        @Nullable Boolean suspend,
    @JsonPropertyDescription(
            "How often the store is listed in full, such as 1h; the change feed tells of changes earlier.")
        @Nullable @DurationText(min = "10s")
        String interval,
    @JsonPropertyDescription("Longest time for one call to the store, such as 30s.")
        @Nullable @DurationText(min = "1s", max = "1h")
        String timeout) {
  public BucketSpec {
    immutability = Absent.asEmpty(immutability);
    retention = Absent.asEmpty(retention);
    allowedScanPolicies = Absent.asEmpty(allowedScanPolicies);
  }

  public enum Provider {
    filesystem,
    s3
  }

  public enum Duplicates {
    Reject,
    Reuse,
    Allow
  }

  public enum Versioning {
    Enabled,
    Disabled
  }

  public enum Registration {
    Automatic,
    Manual
  }

  public enum Release {
    WhenReady,
    Immediately
  }

  public enum Provisioning {
    Managed,
    Existing
  }

  public enum DeletionPolicy {
    Retain,
    Delete
  }

  /// A volume.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @ValidationRule(
      value =
          "has(oldSelf.storageClassName) == has(self.storageClassName) && (!has(self.storageClassName) || self.storageClassName == oldSelf.storageClassName)",
      message = "storageClassName is immutable: a volume cannot move to another class",
      fieldPath = ".storageClassName")
  public record Filesystem(
      @Required
          @ValidationRule(
              value =
                  "!isQuantity(self) || !isQuantity(oldSelf) || !quantity(self).isLessThan(quantity(oldSelf))",
              message = "size cannot shrink: a volume only grows")
          @JsonPropertyDescription(
              "Size of the volume, such as 50Gi; it can grow where the storage class allows it.")
          @SizeText(min = "1Mi")
          String size,
      @JsonPropertyDescription(
              "StorageClass of the volume; the cluster's default when absent. Immutable.")
          @Nullable @Text(Shape.OBJECT_NAME)
          String storageClassName) {}
}
