package dev.assay.wire.scan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the verdict is computed from (`findings.json.gz`, at most 1 MiB compressed): small, without
/// any text of the scanned bytes.
///
/// @param schema 1
/// @param digest of the scanned bytes, `sha256:<hex>`
public record Findings(
    int schema,
    String digest,
    List<Vulnerability> vulnerabilities,
    List<Secret> secrets,
    int misconfigurations,
    int licenses) {

  /// @param id e.g. `CVE-2021-44228`
  /// @param purl package URL, absent where the scanner knows none
  /// @param severity `CRITICAL`, `HIGH`, `MEDIUM`, `LOW` or `UNKNOWN`, as the scanner says it
  /// @param fixedVersion absent when there is no fix
  /// @param status Trivy's word, e.g. `fixed`, `affected`, `will_not_fix`
  public record Vulnerability(
      String id,
      @Nullable String purl,
      String packageName,
      String installedVersion,
      String severity,
      @Nullable String fixedVersion,
      @Nullable String status) {}

  /// @param path inside the artifact
  /// @param startLine 1-based
  public record Secret(String ruleId, String severity, String path, int startLine) {}
}
