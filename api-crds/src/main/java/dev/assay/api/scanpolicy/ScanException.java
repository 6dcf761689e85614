package dev.assay.api.scanpolicy;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.assay.api.Absent;
import dev.assay.api.schema.AsSet;
import dev.assay.api.schema.Shape;
import dev.assay.api.schema.Text;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A finding that does not count until a date.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ScanException(
    @Required
        @JsonPropertyDescription("Id of the finding, such as CVE-2021-44228.")
        @Text(Shape.FINDING_ID)
        String id,
    @JsonPropertyDescription(
            "Only in this package, such as pkg:npm/lodash@4.17.20; in every package when absent.")
        @Nullable @Text(Shape.PURL)
        String purl,
    @JsonPropertyDescription(
            "Only for Artifacts with these labels; for all under the policy when absent.")
        @Nullable Selector selector,
    @Required @JsonPropertyDescription("Why it does not count, in VEX's words.")
        Justification justification,
    @Size(max = 1024) @JsonPropertyDescription("Why it does not count, for people who audit it.")
        @Nullable String statement,
    @Required
        @JsonPropertyDescription("From then on it counts again, such as 2027-01-31T00:00:00Z.")
        Instant expiresAt) {
  public enum Operator {
    In,
    NotIn,
    Exists,
    DoesNotExist
  }

  public enum Justification {
    @JsonProperty("component_not_present")
    ComponentNotPresent,
    @JsonProperty("vulnerable_code_not_present")
    VulnerableCodeNotPresent,
    @JsonProperty("vulnerable_code_not_in_execute_path")
    VulnerableCodeNotInExecutePath,
    @JsonProperty("vulnerable_code_cannot_be_controlled_by_adversary")
    VulnerableCodeCannotBeControlledByAdversary,
    @JsonProperty("inline_mitigations_already_exist")
    InlineMitigationsAlreadyExist
  }

  /// Labels of Artifacts.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @ValidationRule(
      value =
          "(has(self.matchLabels) && size(self.matchLabels) > 0) || (has(self.matchExpressions) && size(self.matchExpressions) > 0)",
      message = "selector must have matchLabels or matchExpressions; leave it out to select all")
  public record Selector(
      @Size(max = 16) @JsonPropertyDescription("Labels with these values.")
          Map<String, @Size(max = 63) String> matchLabels,
      @Size(max = 16) @JsonPropertyDescription("Labels by expression; all must hold.")
          List<Requirement> matchExpressions) {
    public Selector {
      matchLabels = Absent.asEmpty(matchLabels);
      matchExpressions = Absent.asEmpty(matchExpressions);
    }
  }

  /// One expression over a label.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @ValidationRule(
      value =
          "(self.operator in ['Exists', 'DoesNotExist']) != (has(self.values) && size(self.values) > 0)",
      message = "values is required with In and NotIn, and forbidden with Exists and DoesNotExist",
      fieldPath = ".values")
  public record Requirement(
      @Required @Size(min = 1, max = 316) @JsonPropertyDescription("Name of the label.") String key,
      @Required @JsonPropertyDescription("In, NotIn, Exists or DoesNotExist.") Operator operator,
      @Size(max = 32) @AsSet @JsonPropertyDescription("Values for In and NotIn.")
          List<@Size(max = 63) String> values) {
    public Requirement {
      values = Absent.asEmpty(values);
    }
  }
}
