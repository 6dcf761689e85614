package dev.assay.api.scanpolicy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.assay.api.Absent;
import dev.assay.api.schema.AsSet;
import dev.assay.api.schema.DurationText;
import dev.assay.api.schema.KeyedBy;
import dev.assay.api.schema.Shape;
import dev.assay.api.schema.Text;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is looked for, what counts as a failure, and how long a verdict is good.
@JsonClassDescription(
    "What is looked for, what counts as a failure, and how long a verdict is good.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "!has(self.images) || size(self.images) == 0 || (has(self.verify) && size(self.verify) > 0)",
    message = "images must go with at least one rule in verify: nothing says who may sign them",
    fieldPath = ".images")
public record ScanPolicySpec(
    @Default("[\"vuln\",\"secret\"]")
        @Size(min = 1, max = 4) @AsSet
        @JsonPropertyDescription(
            "What is looked for: vuln, secret, misconfig, license; vuln and secret when absent. misconfig and license only report.")
        List<Scanner> scanners,
    @Default("{}")
        @JsonPropertyDescription("What makes a verdict bad; severity HIGH and secrets when absent.")
        @Nullable FailOn failOn,
    @Default("Quarantine")
        @JsonPropertyDescription(
            "What happens to bytes that cannot be scanned: Quarantine (default) or Allow.")
        @Nullable OnUnscannable onUnscannable,
    @Default("Retry")
        @JsonPropertyDescription(
            "What happens while scans fail: Retry (default; not served until one succeeds) or Quarantine.")
        @Nullable OnError onError,
    @JsonPropertyDescription(
            "When stored bytes are judged again; only when inputs change when absent.")
        @Nullable Rescan rescan,
    @Default("168h")
        @JsonPropertyDescription(
            "How long a verdict is good; 168h when absent. A stale one stays served but cannot be promoted.")
        @Nullable @DurationText(min = "1h")
        String maxReportAge,
    @Size(max = 500) @JsonPropertyDescription("Findings that do not count until a date, each with its reason.")
        List<ScanException> exceptions,
    @Size(max = 32) @JsonPropertyDescription("VEX documents whose statements are applied.")
        List<VexSource> vex,
    @Size(max = 16) @KeyedBy("name")
        @JsonPropertyDescription("Signatures that every Artifact under this policy must carry.")
        List<VerifyRule> verify,
    @Size(max = 32) @JsonPropertyDescription(
            "Container images that must carry the signatures of verify too, in Pods of a namespace with the label assay.dev/verify-images: \"true\".")
        List<ImagePattern> images,
    @Default("{}") @JsonPropertyDescription("What is written beside the bytes.")
        @Nullable Report report,
    @Default("{}") @JsonPropertyDescription("Which scanner and database are used.")
        @Nullable Engine engine,
    @Default("{}") @JsonPropertyDescription("How scan Jobs run.") @Nullable Job job,
    @JsonPropertyDescription("Starts no scan while true; verdicts stand until they are stale.")
        @Nullable Boolean suspend,
    @JsonPropertyDescription("How often the database's age is looked at, such as 1h.")
        @Nullable @DurationText(min = "10s")
        String interval) {
  public ScanPolicySpec {
    scanners = Absent.asEmpty(scanners);
    exceptions = Absent.asEmpty(exceptions);
    vex = Absent.asEmpty(vex);
    verify = Absent.asEmpty(verify);
    images = Absent.asEmpty(images);
  }

  public enum Scanner {
    vuln,
    secret,
    misconfig,
    license
  }

  public enum OnUnscannable {
    Quarantine,
    Allow
  }

  public enum OnError {
    Retry,
    Quarantine
  }

  public enum Severity {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW,
    UNKNOWN
  }

  public enum SbomFormat {
    cyclonedx,
    @JsonProperty("spdx-json")
    SpdxJson
  }

  public enum Mode {
    Standalone,
    Server
  }

  /// What makes a verdict bad.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record FailOn(
      @Default("HIGH")
          @JsonPropertyDescription(
              "Lowest severity of a vulnerability that counts: CRITICAL, HIGH (default), MEDIUM, LOW or UNKNOWN.")
          @Nullable Severity severity,
      @Default("false")
          @JsonPropertyDescription(
              "Vulnerabilities without a fixed version do not count; false when absent.")
          @Nullable Boolean ignoreUnfixed,
      @Default("true") @JsonPropertyDescription("Found secrets count; true when absent.")
          @Nullable Boolean secrets) {}

  /// When stored bytes are judged again.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Rescan(
      @JsonPropertyDescription(
              "When all Artifacts are judged again, as a cron expression of five fields in UTC.")
          @Nullable @Text(Shape.CRON)
          String schedule,
      @JsonPropertyDescription(
              "Judges again when a newer vulnerability database is there; false when absent.")
          @Nullable Boolean onDatabaseUpdate) {}

  /// A VEX document.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record VexSource(
      @Required @JsonPropertyDescription("ConfigMap with OpenVEX or CycloneDX VEX documents.")
          ConfigMapRef configMapRef) {}

  /// A ConfigMap in the same namespace.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record ConfigMapRef(
      @Required @JsonPropertyDescription("Name of the ConfigMap.") @Text(Shape.OBJECT_NAME)
          String name,
      @Size(min = 1, max = 253) @ValidationRule(
              value = "self.matches('^[A-Za-z0-9._-]+$')",
              message = "key must be letters, digits and '.', '_', '-'")
          @JsonPropertyDescription("Key in it; every key when absent.")
          @Nullable String key) {}

  /// What is written beside the bytes.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Report(
      @Default("cyclonedx")
          @JsonPropertyDescription(
              "Format of the software bill of materials: cyclonedx (default) or spdx-json.")
          @Nullable SbomFormat sbomFormat,
      @JsonPropertyDescription("Signs report and SBOM as attestations; false when absent.")
          @Nullable Boolean attest) {}

  /// Which scanner and database are used.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @ValidationRule(
      value = "(has(self.mode) && self.mode == 'Server') == has(self.serverURL)",
      message = "serverURL is required with mode Server, and forbidden with Standalone",
      fieldPath = ".serverURL")
  public record Engine(
      @Size(min = 1, max = 512) @ValidationRule(
              value =
                  "self.matches('^[a-z0-9][a-zA-Z0-9._-]*(:[0-9]+)?(/[a-z0-9._-]+)*(:[A-Za-z0-9_][A-Za-z0-9._-]*)?(@sha256:[0-9a-f]{64})?$')",
              message =
                  "image must be an image reference such as registry.example.com/assay-scan@sha256:<64 hex>")
          @JsonPropertyDescription(
              "Image of the scan Job; it must be on the operator's allow-list. The operator's own when absent.")
          @Nullable String image,
      @Default("Standalone")
          @JsonPropertyDescription(
              "Standalone (default) runs with a database cache in the cluster; Server asks a Trivy server.")
          @Nullable Mode mode,
      @JsonPropertyDescription("URL of the Trivy server, with mode Server.")
          @Nullable @Text(Shape.HTTP_URL)
          String serverURL,
      @JsonPropertyDescription(
              "OCI repository of the vulnerability database; Trivy's own when absent.")
          @Nullable @Text(Shape.OCI_REFERENCE)
          String dbRepository,
      @JsonPropertyDescription("OCI repository of the Java index; Trivy's own when absent.")
          @Nullable @Text(Shape.OCI_REFERENCE)
          String javaDBRepository,
      @JsonPropertyDescription(
              "Asks the network for nothing but its databases while scanning; true when absent.")
          @Nullable Boolean offline) {}
}
