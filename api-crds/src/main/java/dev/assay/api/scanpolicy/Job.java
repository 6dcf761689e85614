package dev.assay.api.scanpolicy;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.assay.api.Absent;
import dev.assay.api.Resources;
import dev.assay.api.Toleration;
import dev.assay.api.schema.DurationText;
import dev.assay.api.schema.Shape;
import dev.assay.api.schema.SizeText;
import dev.assay.api.schema.Text;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How scan Jobs run.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Job(
    @JsonPropertyDescription("Compute resources of the scanning container.")
        @Nullable Resources resources,
    @Default("30m")
        @JsonPropertyDescription("Longest time for one scan; 30m when absent.")
        @Nullable @DurationText(min = "10s", max = "24h")
        String timeout,
    @Default("1h")
        @JsonPropertyDescription("How long a finished Job is kept; 1h when absent.")
        @Nullable @DurationText(min = "0s", max = "720h")
        String ttlAfterFinished,
    @Default("4")
        @Min(1) @Max(1000) @JsonPropertyDescription("Scans of this policy at the same time; 4 when absent.")
        @Nullable Integer maxConcurrent,
    @Default("5")
        @Min(0) @Max(100) @JsonPropertyDescription(
            "Attempts after a failed one, with growing pauses, before Stalled; 5 when absent.")
        @Nullable Integer retries,
    @Default("10Gi")
        @JsonPropertyDescription("Larger bytes are unscannable; 10Gi when absent.")
        @Nullable @SizeText(min = "1", max = "50Ti")
        String maxScanSize,
    @Size(max = 32) @JsonPropertyDescription("Labels that a node must have to run it.")
        Map<String, @Size(max = 63) String> nodeSelector,
    @Size(max = 32) @JsonPropertyDescription("Taints that it tolerates.")
        List<Toleration> tolerations,
    @JsonPropertyDescription(
            "Where the vulnerability database is kept; one shared volume that the operator makes when absent.")
        @Nullable Cache cache) {
  public Job {
    nodeSelector = Absent.asEmpty(nodeSelector);
    tolerations = Absent.asEmpty(tolerations);
  }

  /// Where the vulnerability database is kept.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @ValidationRule(
      value = "has(self.claimName) != has(self.emptyDir)",
      message = "cache must have exactly one of claimName and emptyDir")
  public record Cache(
      @JsonPropertyDescription("PersistentVolumeClaim shared by the Jobs of the policy.")
          @Nullable @Text(Shape.OBJECT_NAME)
          String claimName,
      @JsonPropertyDescription("Fetched again by each Job.") @Nullable EmptyDir emptyDir) {}

  /// A directory that lives as long as the Pod.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record EmptyDir(
      @JsonPropertyDescription("Most that it may hold, such as 2Gi.")
          @Nullable @SizeText(min = "1Mi")
          String sizeLimit) {}
}
