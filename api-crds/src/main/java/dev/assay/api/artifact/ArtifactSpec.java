package dev.assay.api.artifact;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.assay.api.Absent;
import dev.assay.api.LocalRef;
import dev.assay.api.schema.DurationText;
import dev.assay.api.schema.Shape;
import dev.assay.api.schema.Text;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is wanted of one artifact: which bytes, from where, under which rules, and how they are
/// served.
@JsonClassDescription(
    "What is wanted: which bytes, from where, under which rules, and how they are served.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "has(oldSelf.key) == has(self.key) && (!has(self.key) || self.key == oldSelf.key)",
    message = "key is immutable: new content is a new Artifact",
    fieldPath = ".key")
@ValidationRule(
    value =
        "has(oldSelf.filename) == has(self.filename) && (!has(self.filename) || self.filename == oldSelf.filename)",
    message = "filename is immutable: new content is a new Artifact",
    fieldPath = ".filename")
@ValidationRule(
    value = "!has(oldSelf.digest) || (has(self.digest) && self.digest == oldSelf.digest)",
    message = "digest cannot be changed or removed once it is set",
    fieldPath = ".digest")
@ValidationRule(
    value =
        "!has(oldSelf.mediaType) || (has(self.mediaType) && self.mediaType == oldSelf.mediaType)",
    message = "mediaType cannot be changed or removed once it is set",
    fieldPath = ".mediaType")
@ValidationRule(
    value = "!has(self.source.http) || has(self.digest)",
    message = "digest is required with source.http: nothing else says which bytes are meant",
    fieldPath = ".digest")
@ValidationRule(
    value =
        "!has(self.verify) || !has(self.verify.bundle) || !has(self.verify.bundle.inline) || has(self.digest)",
    message =
        "digest is required with verify.bundle.inline: the signature is checked before the bytes arrive",
    fieldPath = ".digest")
@ValidationRule(
    value =
        "!has(self.download) || !has(self.download.secretName) || !has(self.source.upload) || !has(self.source.upload.secretName) || !(self.download.secretName in [self.source.upload.secretName, self.source.upload.secretName + '-parts'])",
    message =
        "download.secretName must differ from source.upload.secretName and from the Secret of its parts",
    fieldPath = ".download")
public record ArtifactSpec(
    @Required
        @ValidationRule(
            value = "self == oldSelf",
            message = "type is immutable: new content is a new Artifact")
        @JsonPropertyDescription(
            "What the bytes are; it decides how they are scanned and delivered. Immutable.")
        Type type,
    @Required
        @ValidationRule(
            value = "self == oldSelf",
            message = "version is immutable: a new version is a new Artifact")
        @JsonPropertyDescription(
            "Version of the software, such as 1.4.2; part of status.revision. Immutable.")
        @Text(Shape.VERSION)
        String version,
    @Required
        @ValidationRule(
            value = "self == oldSelf",
            message =
                "bucketRef is immutable: create an Artifact in the other Bucket, or promote this one")
        @JsonPropertyDescription("The Bucket that stores and serves the bytes. Immutable.")
        LocalRef bucketRef,
    @JsonPropertyDescription(
            "Key of the object in the Bucket; without it status.location.key is <name>/<version>/<filename>. Immutable, also its absence.")
        @Nullable @Text(Shape.KEY)
        String key,
    @JsonPropertyDescription(
            "File name offered to people who download; the Artifact's name when absent. Immutable, also its absence.")
        @Nullable @Text(Shape.FILENAME)
        String filename,
    @JsonPropertyDescription(
            "Content-Type that the bytes are served with; what the uploader sent when absent. Set once.")
        @Nullable @Text(Shape.MEDIA_TYPE)
        String mediaType,
    @JsonPropertyDescription(
            "SHA-256 that the bytes must have, sha256:<hex>; other bytes are refused. Required with source.http. Set once.")
        @Nullable @Text(Shape.DIGEST)
        String digest,
    @Required
        @JsonPropertyDescription(
            "Where the bytes come from: exactly one of upload, oci, http, object and artifactRef.")
        Source source,
    @JsonPropertyDescription(
            "Signature that the bytes must carry, in addition to what the ScanPolicy asks for.")
        @Nullable Verify verify,
    @JsonPropertyDescription(
            "ScanPolicy to use instead of the Bucket's default; the Bucket must list it in allowedScanPolicies.")
        @Nullable LocalRef scanPolicyRef,
    @JsonPropertyDescription(
            "Keeps a Secret with a fresh presigned GET URL while the Artifact is Ready; absent for none.")
        @Nullable Download download,
    @JsonPropertyDescription(
            "Publishes the bytes to other controllers while the Artifact is Ready; absent for none.")
        @Nullable Delivery delivery,
    @Size(max = 32) @ValidationRule(
            value = "self.all(k, k.matches('^[a-z0-9]([a-z0-9._-]{0,62})$'))",
            message =
                "metadata names must be lower-case letters, digits, '.', '_' and '-', at most 63 characters")
        @ValidationRule(
            value = "self.all(k, self[k].matches('^[ -~]*$'))",
            message = "metadata values must be printable ASCII: they are sent as HTTP headers")
        @JsonPropertyDescription("Labels of the bytes, served as x-amz-meta-* headers; at most 32.")
        Map<String, @Size(max = 1024) String> metadata,
    @Default("Delete")
        @JsonPropertyDescription(
            "What happens to the stored bytes when the Artifact is deleted: Delete (default) or Retain.")
        @Nullable DeletionPolicy deletionPolicy,
    @JsonPropertyDescription("Stops reconciliation while true; what is served stays served.")
        @Nullable Boolean suspend,
    @JsonPropertyDescription(
            "How often the store is compared with status, such as 10m; the change feed tells of changes earlier.")
        @Nullable @DurationText(min = "10s")
        String interval,
    @JsonPropertyDescription("Longest time for one attempt to fetch from oci or http, such as 5m.")
        @Nullable @DurationText(min = "1s", max = "24h")
        String timeout) {
  public ArtifactSpec {
    metadata = Absent.asEmpty(metadata);
  }

  public enum Type {
    Binary,
    Archive,
    HelmChart,
    Manifests,
    SBOM,
    Image,
    RPM,
    TerraformModule,
    Other
  }

  public enum DeletionPolicy {
    Delete,
    Retain
  }
}
