package dev.assay.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A condition as Kubernetes has it (`metav1.Condition`), with the same bounds.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Condition(
    @Required
        @Size(min = 1, max = 316) @Pattern(
            "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$")
        @JsonPropertyDescription("Name of the condition, such as Ready.")
        String type,
    @Required @JsonPropertyDescription("Whether it holds: True, False or Unknown.") Status status,
    @Min(0) @JsonPropertyDescription(
            "metadata.generation of the object that the condition was computed for.")
        @Nullable Long observedGeneration,
    @Required
        @JsonPropertyDescription("When status last changed; a new message alone does not move it.")
        Instant lastTransitionTime,
    @Required
        @Size(min = 1, max = 1024) @Pattern("^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$") @JsonPropertyDescription("A word for programs that says why.")
        String reason,
    @Required
        @Size(max = 32768) @JsonPropertyDescription("A sentence for people that says why; may be empty.")
        String message) {

  public enum Status {
    True,
    False,
    Unknown
  }
}
