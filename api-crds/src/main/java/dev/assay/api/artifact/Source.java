package dev.assay.api.artifact;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.assay.api.LocalRef;
import dev.assay.api.schema.DurationText;
import dev.assay.api.schema.Shape;
import dev.assay.api.schema.SizeText;
import dev.assay.api.schema.Text;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// Where the bytes come from; the choice never changes.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "[has(self.upload), has(self.oci), has(self.http), has(self.object), has(self.artifactRef)].exists_one(x, x)",
    message = "source must have exactly one of upload, oci, http, object and artifactRef")
@ValidationRule(
    value =
        "has(self.upload) == has(oldSelf.upload) && has(self.oci) == has(oldSelf.oci) && has(self.http) == has(oldSelf.http) && has(self.object) == has(oldSelf.object) && has(self.artifactRef) == has(oldSelf.artifactRef)",
    message = "the choice of source is immutable: create another Artifact")
public record Source(
    @JsonPropertyDescription(
            "Somebody sends the bytes to a presigned PUT URL that the operator puts into a Secret.")
        @Nullable Upload upload,
    @JsonPropertyDescription("The bytes are one layer of an OCI artifact, pulled from a registry.")
        @Nullable OciSource oci,
    @JsonPropertyDescription("The bytes are fetched from an HTTPS URL; spec.digest is required.")
        @Nullable HttpSource http,
    @JsonPropertyDescription(
            "The bytes were put straight through the S3 API and lie in the Bucket already.")
        @Nullable ObjectSource object,
    @ValidationRule(value = "self == oldSelf", message = "artifactRef is immutable")
        @JsonPropertyDescription("The Promotion that brings the bytes; set by the operator only.")
        @Nullable LocalRef artifactRef) {

  /// An upload window: one success, until it expires.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @ValidationRule(
      value =
          "!has(self.multipart) || !has(self.maxSize) || !isQuantity(self.maxSize) || !isQuantity(self.multipart.partSize) || quantity(self.maxSize).asApproximateFloat() <= 1000.0 * quantity(self.multipart.partSize).asApproximateFloat()",
      message =
          "maxSize must be at most 1,000 times multipart.partSize: an upload has no more parts; make partSize larger",
      fieldPath = ".multipart")
  public record Upload(
      @JsonPropertyDescription(
              "Longest accepted body, such as 10Gi; the Bucket's limits.maxObjectSize when absent or smaller.")
          @Nullable @SizeText(min = "1", max = "50Ti")
          String maxSize,
      @Default("24h")
          @JsonPropertyDescription(
              "Life of the upload URL, counted from its issue; 24h when absent, at most 168h (the limit of SigV4).")
          @Nullable @DurationText(min = "1s", max = "168h")
          String expiresIn,
      @ValidationRule(
              value = "self.size() <= 247",
              message =
                  "secretName must have at most 247 characters: the Secret of the parts is <secretName>-parts")
          @JsonPropertyDescription(
              "Name of the Secret with the upload URL; <name>-upload when absent.")
          @Nullable @Text(Shape.OBJECT_NAME)
          String secretName,
      @JsonPropertyDescription(
              "Offers presigned part URLs instead of one PUT, for large bytes; absent for one PUT.")
          @Nullable Multipart multipart) {}

  /// How a multipart upload is cut.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Multipart(
      @Default("64Mi")
          @JsonPropertyDescription(
              "Length of every part but the last, such as 64Mi (default), from 5Mi to 5Gi; at most 1,000 parts.")
          @Nullable @SizeText(min = "5Mi", max = "5Gi")
          String partSize) {}

  /// An object that lies in the Bucket already.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record ObjectSource(
      @Required
          @ValidationRule(
              value = "self == oldSelf",
              message = "key is immutable: another object is another Artifact")
          @JsonPropertyDescription("Key of the object in the Bucket. Immutable.")
          @Text(Shape.KEY)
          String key) {}
}
