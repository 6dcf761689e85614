package dev.assay.scanjob;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// The files of `/work/output`.
final class Output {
  static final String REPORT = "report.json.gz";
  static final String FINDINGS = "findings.json.gz";
  static final String CYCLONEDX = "sbom.cdx.json.gz";
  static final String SPDX = "sbom.spdx.json.gz";

  private Output() {}

  static Optional<Path> sbomIn(Path output) {
    return Stream.of(CYCLONEDX, SPDX).map(output::resolve).filter(Files::isRegularFile).findFirst();
  }
}
