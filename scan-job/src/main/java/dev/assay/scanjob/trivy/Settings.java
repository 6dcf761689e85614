package dev.assay.scanjob.trivy;

import dev.assay.scanjob.Environment;
import dev.assay.scanjob.StepFailure;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the policy asks of Trivy.
///
/// @param scanners some of `vuln`, `secret`, `misconfig`, `license`, at least one
/// @param server present in mode `Server`
/// @param skipDatabaseUpdate the cache is kept by a database Job, and read-only
/// @param timeout of the whole scan
public record Settings(
    List<String> scanners,
    Optional<URI> server,
    Optional<String> databaseRepository,
    Optional<String> javaDatabaseRepository,
    boolean skipDatabaseUpdate,
    boolean offline,
    SbomOutput sbom,
    Duration timeout) {
  private static final Set<String> KNOWN = Set.of("vuln", "secret", "misconfig", "license");
  private static final long DEFAULT_TIMEOUT_SECONDS = 3600;

  public enum SbomOutput {
    CycloneDx("cyclonedx"),
    SpdxJson("spdx-json");

    private final String format;

    SbomOutput(String format) {
      this.format = format;
    }

    /// As Trivy's `--format` and `ScanPolicy.spec.report.sbomFormat` say it.
    public String format() {
      return format;
    }
  }

  public static Settings of(Environment environment) throws StepFailure {
    var scanners = environment.list("ASSAY_SCANNERS");
    if (scanners.isEmpty() || !KNOWN.containsAll(scanners)) {
      throw new StepFailure(
          "InvalidEnvironment",
          "ASSAY_SCANNERS is " + scanners + ", some of " + KNOWN + " are needed");
    }
    return new Settings(
        scanners,
        server(environment),
        environment.optional("ASSAY_DB_REPOSITORY"),
        environment.optional("ASSAY_JAVA_DB_REPOSITORY"),
        environment.flag("ASSAY_SKIP_DB_UPDATE"),
        environment.flag("ASSAY_OFFLINE"),
        sbom(environment),
        Duration.ofSeconds(environment.positive("ASSAY_TIMEOUT_SECONDS", DEFAULT_TIMEOUT_SECONDS)));
  }

  public boolean scansFor(String scanner) {
    return scanners.contains(scanner);
  }

  /// @return empty in mode `Standalone`
  public static Optional<URI> server(Environment environment) throws StepFailure {
    var mode = environment.optional("ASSAY_MODE").orElse("Standalone");
    return switch (mode) {
      case "Standalone" -> Optional.empty();
      case "Server" -> Optional.of(environment.serverUrl());
      default ->
          throw new StepFailure(
              "InvalidEnvironment", "ASSAY_MODE is " + mode + ", not Standalone or Server");
    };
  }

  private static SbomOutput sbom(Environment environment) throws StepFailure {
    var format = environment.optional("ASSAY_SBOM_FORMAT").orElse("cyclonedx");
    for (var output : SbomOutput.values()) {
      if (output.format().equals(format)) {
        return output;
      }
    }
    throw new StepFailure(
        "InvalidEnvironment", "ASSAY_SBOM_FORMAT is " + format + ", not cyclonedx or spdx-json");
  }
}
