package dev.assay.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.assay.api.schema.Shape;
import dev.assay.api.schema.Text;
import io.fabric8.generator.annotation.Required;

/// A reference that stays in the namespace; the field it stands in says to which kind.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LocalRef(
    @Required
        @JsonPropertyDescription("Name of the object, in the same namespace.")
        @Text(Shape.OBJECT_NAME)
        String name) {}
