package dev.assay.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.assay.api.schema.SizeText;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/// Compute resources of a container, as in a Pod.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Resources(
    @Size(max = 8) @JsonPropertyDescription(
            "What the container is guaranteed, by resource name, such as cpu: 100m.")
        Map<String, @SizeText(min = "0", whole = false) String> requests,
    @Size(max = 8) @JsonPropertyDescription(
            "What the container may use at most, by resource name, such as memory: 512Mi.")
        Map<String, @SizeText(min = "0", whole = false) String> limits) {

  public Resources {
    requests = Absent.asEmpty(requests);
    limits = Absent.asEmpty(limits);
  }
}
