package dev.assay.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/// A toleration of a node's taint, as in a Pod.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Toleration(
    @Size(max = 316) @JsonPropertyDescription(
            "Key of the taint; absent with operator Exists tolerates every taint.")
        @Nullable String key,
    @JsonPropertyDescription("How value is compared: Equal (when absent) or Exists.")
        @Nullable Operator operator,
    @Size(max = 63) @JsonPropertyDescription("Value of the taint, with operator Equal.")
        @Nullable String value,
    @JsonPropertyDescription("Effect of the taint; absent tolerates every effect.")
        @Nullable Effect effect,
    @Min(0) @JsonPropertyDescription("Seconds that a NoExecute taint is tolerated; absent for ever.")
        @Nullable Long tolerationSeconds) {

  public enum Operator {
    Equal,
    Exists
  }

  public enum Effect {
    NoSchedule,
    PreferNoSchedule,
    NoExecute
  }
}
