package dev.assay.api.artifact;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.assay.api.schema.DurationText;
import dev.assay.api.schema.Shape;
import dev.assay.api.schema.Text;
import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

/// A Secret with a presigned GET URL, renewed while the Artifact is Ready.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Download(
    @JsonPropertyDescription(
            "Name of the Secret with the download URL; <name>-download when absent.")
        @Nullable @Text(Shape.OBJECT_NAME)
        String secretName,
    @Default("24h")
        @JsonPropertyDescription(
            "Life of one URL, renewed at two thirds of it; 24h when absent, at most 168h (the limit of SigV4).")
        @Nullable @DurationText(min = "10s", max = "168h")
        String expiresIn) {}
