package dev.assay.api.bucket;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.assay.api.schema.DurationText;
import dev.assay.api.schema.Shape;
import dev.assay.api.schema.Text;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// Versions that may go.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "has(self.keepLast) || has(self.keepFor)",
    message = "a retention rule must have keepLast or keepFor, or both")
public record Retention(
    @Required
        @JsonPropertyDescription("Glob of the keys that the rule is about, such as nightly/**.")
        @Text(Shape.KEY_GLOB)
        String match,
    @Min(1) @Max(10000) @JsonPropertyDescription("This many newest versions stay.")
        @Nullable Integer keepLast,
    @JsonPropertyDescription("Versions younger than this stay, such as 720h.")
        @Nullable @DurationText(min = "1h")
        String keepFor,
    @JsonPropertyDescription("Only reports in status.retentionPlan what it would delete.")
        @Nullable Boolean dryRun) {}
