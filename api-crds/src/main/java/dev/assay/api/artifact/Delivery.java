package dev.assay.api.artifact;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.assay.api.schema.Shape;
import dev.assay.api.schema.Text;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/// To whom the bytes are offered.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Delivery(
    @Required
        @JsonPropertyDescription("Publishes a Flux ExternalArtifact while the Artifact is Ready.")
        Flux flux) {

  /// A Flux ExternalArtifact.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Flux(
      @JsonPropertyDescription("Name of the ExternalArtifact; the Artifact's name when absent.")
          @Nullable @Text(Shape.OBJECT_NAME)
          String name) {}
}
