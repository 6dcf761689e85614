package dev.assay.api.artifact;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.assay.api.StoredRef;
import dev.assay.api.schema.Shape;
import dev.assay.api.schema.Text;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The latest verdict and what it rests on.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Scan(
    @JsonPropertyDescription("Clean, or why not; it stands until a newer one replaces it.")
        @Nullable Verdict verdict,
    @JsonPropertyDescription("ScanPolicy that it was computed with.")
        @Nullable @Text(Shape.OBJECT_NAME)
        String policy,
    @Min(0) @JsonPropertyDescription("metadata.generation of that ScanPolicy.")
        @Nullable Long policyGeneration,
    @Size(max = 128) @JsonPropertyDescription(
            "Hash of scanners, engine and options; another one asks for a new scan.")
        @Nullable String inputsHash,
    @JsonPropertyDescription("When the vulnerability database that was used had been built.")
        @Nullable Instant databaseUpdatedAt,
    @Size(max = 64) @JsonPropertyDescription("Version of the scanner.")
        @Nullable String engineVersion,
    @JsonPropertyDescription("When the bytes were scanned.") @Nullable Instant scannedAt,
    @JsonPropertyDescription("When the verdict becomes stale (maxReportAge).")
        @Nullable Instant validUntil,
    @JsonPropertyDescription("When the next scan by schedule is due.") @Nullable Instant nextScanAt,
    @Min(0) @JsonPropertyDescription("Scan Jobs that failed since the last success.")
        @Nullable Integer attempts,
    @JsonPropertyDescription("When a failed scan is tried again.") @Nullable Instant nextAttemptAt,
    @Size(max = 1024) @JsonPropertyDescription("Why the last scan Job failed, a sentence for people.")
        @Nullable String lastFailure,
    @JsonPropertyDescription("The scan Job that runs or ran last.")
        @Nullable @Text(Shape.OBJECT_NAME)
        String jobName,
    @Min(0) @JsonPropertyDescription(
            "Vulnerabilities of severity CRITICAL that count, exceptions left out.")
        @Nullable Integer critical,
    @Min(0) @JsonPropertyDescription("Vulnerabilities of severity HIGH that count.")
        @Nullable Integer high,
    @Min(0) @JsonPropertyDescription("Vulnerabilities of severity MEDIUM that count.")
        @Nullable Integer medium,
    @Min(0) @JsonPropertyDescription("Vulnerabilities of severity LOW that count.")
        @Nullable Integer low,
    @Min(0) @JsonPropertyDescription("Vulnerabilities of unknown severity that count.")
        @Nullable Integer unknown,
    @Min(0) @JsonPropertyDescription("Secrets found in the bytes that count.")
        @Nullable Integer secrets,
    @Min(0) @JsonPropertyDescription("Findings that an exception or VEX statement covers.")
        @Nullable Integer excepted,
    @JsonPropertyDescription("The full report in the Bucket.") @Nullable StoredRef reportRef,
    @JsonPropertyDescription("The software bill of materials in the Bucket.")
        @Nullable StoredRef sbomRef,
    @JsonPropertyDescription("The findings in the Bucket that the verdict is computed from.")
        @Nullable StoredRef findingsRef) {
  public enum Verdict {
    Clean,
    Vulnerable,
    SecretsFound,
    Unscannable
  }
}
