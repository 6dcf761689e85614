package dev.assay.api.bucket;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.assay.api.Absent;
import dev.assay.api.schema.AsSet;
import dev.assay.api.schema.Shape;
import dev.assay.api.schema.SizeText;
import dev.assay.api.schema.Text;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What may be stored.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Limits(
    @JsonPropertyDescription("Longest accepted object, such as 20Gi.")
        @Nullable @SizeText(min = "1", max = "50Ti")
        String maxObjectSize,
    @Size(max = 64) @AsSet
        @JsonPropertyDescription(
            "Content types that are accepted, such as application/*; all when absent.")
        List<@Text(Shape.MEDIA_TYPE_PATTERN) String> allowedMediaTypes,
    @JsonPropertyDescription("What the whole Bucket may hold.") @Nullable Quota quota) {
  public Limits {
    allowedMediaTypes = Absent.asEmpty(allowedMediaTypes);
  }

  /// What the whole Bucket may hold.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @ValidationRule(
      value = "has(self.maxSize) || has(self.maxObjects)",
      message = "quota must have maxSize or maxObjects, or both")
  public record Quota(
      @JsonPropertyDescription("Sum of all object sizes, such as 40Gi.")
          @Nullable @SizeText(min = "1")
          String maxSize,
      @Min(1) @JsonPropertyDescription("Number of object versions.") @Nullable Long maxObjects) {}
}
