package dev.assay.api.scanpolicy;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What was found of one image's signatures.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ImageVerdict(
    @Required
        @Size(min = 1, max = 512) @JsonPropertyDescription("The image, <registry>/<repository>@sha256:<hex>.")
        String image,
    @Required
        @JsonPropertyDescription(
            "Verified, Refused, or Unknown while its registry could not be asked.")
        State state,
    @Size(max = 1024) @JsonPropertyDescription("Who signed it, or why it is refused.")
        @Nullable String message,
    @Required
        @Size(min = 1, max = 71) @JsonPropertyDescription(
            "Hash of the rules, keys and identities that it was judged by: another one makes the verdict void.")
        String rulesDigest,
    @JsonPropertyDescription("When that was found.") @Nullable Instant checkedAt) {
  public enum State {
    Verified,
    Refused,
    Unknown
  }
}
