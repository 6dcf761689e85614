package dev.assay.operator.scan;

import dev.assay.api.scanpolicy.ScanPolicySpec;
import dev.assay.api.scanpolicy.ScanPolicySpec.Engine;
import dev.assay.api.scanpolicy.ScanPolicySpec.SbomFormat;
import dev.assay.api.scanpolicy.ScanPolicySpec.Scanner;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What a scan's result depends on beside the bytes and the database: scanners, engine and options
/// only (decision 14), so that an exception's edit scans nothing. Empty texts stand for Trivy's own
/// choice.
///
/// @param image that the Job runs: a newer engine is another input
/// @param scanners as Trivy spells them, sorted
/// @param serverUrl of the Trivy server; empty in Standalone mode
/// @param offline whether the scanner may not ask the network for anything but its databases
/// @param sbomFormat `cyclonedx` or `spdx-json`
public record ScanInputs(
    String image,
    List<String> scanners,
    String serverUrl,
    String dbRepository,
    String javaDbRepository,
    boolean offline,
    String sbomFormat) {

  // The CRD's defaults, for objects that never passed an API server.
  private static final List<Scanner> DEFAULT_SCANNERS = List.of(Scanner.vuln, Scanner.secret);

  public static ScanInputs of(ScanPolicySpec spec, String image) {
    var asked = spec.scanners().isEmpty() ? DEFAULT_SCANNERS : spec.scanners();
    var report = Optional.ofNullable(spec.report());
    return new ScanInputs(
        image,
        asked.stream().map(Scanner::name).sorted().distinct().toList(),
        engine(spec, Engine::serverURL),
        engine(spec, Engine::dbRepository),
        engine(spec, Engine::javaDBRepository),
        isOffline(spec),
        report.map(ScanPolicySpec.Report::sbomFormat).orElse(SbomFormat.cyclonedx)
                == SbomFormat.SpdxJson
            ? "spdx-json"
            : "cyclonedx");
  }

  /// `status.scan.inputsHash`: 128 bits in hex.
  public String hash() {
    return Fingerprint.of(
        32,
        List.of(
            image,
            String.join(",", scanners),
            serverUrl,
            dbRepository,
            javaDbRepository,
            Boolean.toString(offline),
            sbomFormat));
  }

  public boolean asksServer() {
    return !serverUrl.isEmpty();
  }

  /// Which database a scan with these inputs uses: policies of a namespace with the same one share
  /// cache and database Job.
  ///
  /// @param place where it is kept
  String databaseKey(String place) {
    return Fingerprint.of(10, List.of(image, serverUrl, dbRepository, javaDbRepository, place));
  }

  // Hostile bytes are scanned with the network closed but for the databases (decision 7), unless
  // the policy says the opposite in so many words.
  private static boolean isOffline(ScanPolicySpec spec) {
    return spec.engine() == null || !Boolean.FALSE.equals(spec.engine().offline());
  }

  private static String engine(
      ScanPolicySpec spec, Function<Engine, @org.jspecify.annotations.Nullable String> field) {
    var engine = spec.engine();
    var value = engine == null ? null : field.apply(engine);
    return value == null ? "" : value;
  }
}
