package dev.assay.api.artifact;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.assay.api.Absent;
import dev.assay.api.LocalRef;
import dev.assay.api.schema.Shape;
import dev.assay.api.schema.Text;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A signature of the bytes, and whose it must be beside what the ScanPolicy asks for.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "!has(self.secretRef) || !has(self.matchOIDCIdentity) || size(self.matchOIDCIdentity) == 0",
    message =
        "verify must have at most one of secretRef (keys) and matchOIDCIdentity (keyless, at least one)")
@ValidationRule(
    value =
        "has(self.secretRef) || has(self.bundle) || (has(self.matchOIDCIdentity) && size(self.matchOIDCIdentity) > 0)",
    message =
        "verify must have secretRef (keys), matchOIDCIdentity (keyless, at least one), or a bundle alone for the ScanPolicy's rules")
@ValidationRule(
    value = "!has(self.trustedRootSecretRef) || !has(self.secretRef)",
    message =
        "trustedRootSecretRef is for keyless signatures: it goes with matchOIDCIdentity, not with secretRef")
public record Verify(
    @Default("cosign")
        @JsonPropertyDescription("Format of the signature: cosign (Sigstore bundles).")
        @Nullable Provider provider,
    @JsonPropertyDescription(
            "Secret with public keys, every key ending in .pub; one matching is enough. It must carry the label assay.dev/credential: \"true\".")
        @Nullable LocalRef secretRef,
    @Size(max = 16) @JsonPropertyDescription("Who may have signed without a key; one matching is enough.")
        List<OidcIdentity> matchOIDCIdentity,
    @JsonPropertyDescription(
            "Secret with trusted_root.json of a private Sigstore; the public one when absent.")
        @Nullable LocalRef trustedRootSecretRef,
    @JsonPropertyDescription(
            "Where the signature is; beside the object at <key>.sigstore.json when absent.")
        @Nullable Bundle bundle) {
  public Verify {
    matchOIDCIdentity = Absent.asEmpty(matchOIDCIdentity);
  }

  public enum Provider {
    cosign
  }

  /// Issuer and subject of a keyless signature, as RE2 regular expressions. Unlike Flux's they must
  /// match the whole.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record OidcIdentity(
      @Required
          @Size(min = 1, max = 512) @JsonPropertyDescription(
              "Regular expression that the whole of the certificate's issuer must match.")
          String issuer,
      @Required
          @Size(min = 1, max = 512) @JsonPropertyDescription(
              "Regular expression that the whole of the certificate's subject must match.")
          String subject) {}

  /// Where the Sigstore bundle is.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @ValidationRule(
      value = "[has(self.inline), has(self.secretRef), has(self.key)].exists_one(x, x)",
      message = "bundle must have exactly one of inline, secretRef and key")
  public record Bundle(
      @Size(min = 1, max = 65536) @JsonPropertyDescription(
              "The bundle itself, JSON; checked at admission, and spec.digest is required.")
          @Nullable String inline,
      @JsonPropertyDescription("Secret with the bundle under the key bundle.sigstore.json.")
          @Nullable LocalRef secretRef,
      @JsonPropertyDescription("Key of the bundle in the same Bucket.") @Nullable @Text(Shape.KEY)
          String key) {}
}
