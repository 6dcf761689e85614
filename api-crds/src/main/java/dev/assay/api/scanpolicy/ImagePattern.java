package dev.assay.api.scanpolicy;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.assay.api.LocalRef;
import dev.assay.api.schema.Shape;
import dev.assay.api.schema.Text;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/// Container images that a policy is about.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ImagePattern(
    @Required
        @JsonPropertyDescription(
            "Glob over the image's name with its registry, such as registry.example.com/team/**; * stays within a segment, ** does not.")
        @Text(Shape.IMAGE_GLOB)
        String glob,
    @JsonPropertyDescription(
            "Secret of type kubernetes.io/dockerconfigjson for reading signatures; it must carry the label assay.dev/credential: \"true\". Nothing is sent when absent.")
        @Nullable LocalRef secretRef) {}
