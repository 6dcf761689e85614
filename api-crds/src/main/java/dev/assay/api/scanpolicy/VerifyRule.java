package dev.assay.api.scanpolicy;

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

/// A signature that Artifacts must carry.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "has(self.key) != has(self.keyless)",
    message = "a verify rule must have exactly one of key and keyless")
public record VerifyRule(
    @Required
        @JsonPropertyDescription("Name of the rule, shown in messages.")
        @Text(Shape.LABEL_NAME)
        String name,
    @JsonPropertyDescription("Public keys.") @Nullable Key key,
    @JsonPropertyDescription("Identity of a signature without a key.") @Nullable Keyless keyless,
    @Size(max = 16) @JsonPropertyDescription("Signed statements that must be there as well.")
        List<Attestation> attestations,
    @Default("all") @JsonPropertyDescription("Whether all attestations must hold (default) or any.")
        @Nullable Mode mode,
    @Default("Release")
        @JsonPropertyDescription(
            "When it is enforced first: before anything is served (Release, default), or already when an Artifact is created, which then must bring its bundle (Admission).")
        @Nullable EnforceAt enforceAt) {
  public VerifyRule {
    attestations = Absent.asEmpty(attestations);
  }

  public enum Mode {
    all,
    any
  }

  public enum EnforceAt {
    Release,
    Admission
  }

  /// Public keys.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Key(
      @Required
          @JsonPropertyDescription(
              "Secret with public keys in PEM, every key ending in .pub; it must carry the label assay.dev/credential: \"true\".")
          LocalRef secretRef,
      @Default("any")
          @JsonPropertyDescription(
              "Whether a signature by any of the keys is enough (default), or all of them must have signed.")
          @Nullable Mode match) {}

  /// Identity of a signature without a key.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @ValidationRule(
      value = "has(self.issuer) != has(self.issuerRegExp)",
      message = "keyless must have exactly one of issuer and issuerRegExp")
  @ValidationRule(
      value = "has(self.subject) != has(self.subjectRegExp)",
      message = "keyless must have exactly one of subject and subjectRegExp")
  public record Keyless(
      @Size(min = 1, max = 512) @JsonPropertyDescription("Issuer of the identity, word for word.")
          @Nullable String issuer,
      @Size(min = 1, max = 512) @JsonPropertyDescription("Subject of the identity, word for word.")
          @Nullable String subject,
      @Size(min = 1, max = 512) @JsonPropertyDescription("Regular expression that the whole issuer must match.")
          @Nullable String issuerRegExp,
      @Size(min = 1, max = 512) @JsonPropertyDescription("Regular expression that the whole subject must match.")
          @Nullable String subjectRegExp,
      @JsonPropertyDescription(
              "Secret with trusted_root.json of a private Sigstore; the public one when absent.")
          @Nullable LocalRef trustedRootSecretRef) {}

  /// A signed in-toto statement.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Attestation(
      @Required
          @Size(min = 1, max = 512) @JsonPropertyDescription(
              "Type URI of the predicate, such as https://slsa.dev/provenance/v1.")
          String predicateType,
      @Size(min = 1, max = 2048) @JsonPropertyDescription(
              "CEL expression over predicate that must be true; presence is enough when absent.")
          @Nullable String cel) {}
}
