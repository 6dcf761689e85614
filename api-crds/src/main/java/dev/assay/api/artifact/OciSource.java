package dev.assay.api.artifact;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.assay.api.LocalRef;
import dev.assay.api.schema.Shape;
import dev.assay.api.schema.Text;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// One layer of an OCI artifact; names as in Flux's OCIRepository v1.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "self.url == oldSelf.url",
    message = "url is immutable: create another Artifact",
    fieldPath = ".url")
public record OciSource(
    @Required
        @JsonPropertyDescription(
            "Registry and repository, oci://host/repository, without tag or digest. Immutable.")
        @Text(Shape.OCI_URL)
        String url,
    @JsonPropertyDescription(
            "Which manifest: digest wins over semver, semver over tag; the tag latest when absent.")
        @Nullable Ref ref,
    @JsonPropertyDescription(
            "Which layer is taken and how; the first one, copied as it is, when absent.")
        @Nullable LayerSelector layerSelector,
    @Default("generic")
        @JsonPropertyDescription(
            "How to authenticate at the registry: generic (default), aws, azure or gcp.")
        @Nullable Provider provider,
    @JsonPropertyDescription(
            "Secret of type kubernetes.io/dockerconfigjson with pull credentials; it must carry the label assay.dev/credential: \"true\".")
        @Nullable LocalRef secretRef,
    @JsonPropertyDescription("ServiceAccount whose imagePullSecrets are used.")
        @Nullable @Text(Shape.OBJECT_NAME)
        String serviceAccountName,
    @JsonPropertyDescription(
            "Secret with tls.crt, tls.key and ca.crt for the registry; ca.crt extends the system's authorities.")
        @Nullable LocalRef certSecretRef,
    @JsonPropertyDescription("Secret with address, username and password of a proxy.")
        @Nullable LocalRef proxySecretRef,
    @JsonPropertyDescription(
            "Allows plain HTTP; refused unless the operator was started with permission.")
        @Nullable Boolean insecure) {
  public enum Provider {
    generic,
    aws,
    azure,
    gcp
  }

  /// Which manifest of the repository.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Ref(
      @JsonPropertyDescription("Digest of the manifest, sha256:<hex>; wins over everything else.")
          @Nullable @Text(Shape.DIGEST)
          String digest,
      @Size(min = 1, max = 256) @JsonPropertyDescription(
              "Range of versions such as >=1.0.0 <2.0.0; the highest matching tag is taken.")
          @Nullable String semver,
      @Size(min = 1, max = 256) @JsonPropertyDescription(
              "Regular expression that tags must match before semver looks at them.")
          @Nullable String semverFilter,
      @Size(min = 1, max = 128) @ValidationRule(
              value = "self.matches('^[A-Za-z0-9_][A-Za-z0-9._-]*$')",
              message =
                  "tag must be letters, digits and '.', '_', '-', not starting with '.' or '-'")
          @JsonPropertyDescription("Tag of the manifest.")
          @Nullable String tag) {}

  /// Which layer is taken.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record LayerSelector(
      @JsonPropertyDescription(
              "The first layer with this media type; the first of all when absent.")
          @Nullable @Text(Shape.MEDIA_TYPE)
          String mediaType,
      @Default("copy")
          @JsonPropertyDescription(
              "copy (default) stores the layer as it is; extract stores its files packed again.")
          @Nullable Operation operation) {
    public enum Operation {
      copy,
      extract
    }
  }
}
