package dev.assay.operator.scan;

import java.util.List;

/// One attempt to scan: its names.
///
/// @param jobName at most 63 characters, so that its pod's labels can hold it
/// @param attempt 1 for the first
/// @param keys where the Job publishes to
public record ScanRun(String jobName, int attempt, ReportKeys keys) {

  /// Names that depend on nothing but the question (decision 14), so that whoever asks it again,
  /// after a crash at any point, finds the same Job.
  ///
  /// @param occasion which database version or scheduled round the scan is for; the same text for
  ///   the same question
  public static ScanRun of(ScanSubject subject, ScanInputs inputs, String occasion, int attempt) {
    var hash =
        Fingerprint.of(
            20,
            List.of(
                subject.uid(),
                subject.digest(),
                inputs.hash(),
                occasion,
                Integer.toString(attempt)));
    return named("assay-scan-" + hash, attempt, subject.digest(), inputs.sbomFormat());
  }

  public static ScanRun named(String jobName, int attempt, String digest, String sbomFormat) {
    return new ScanRun(jobName, attempt, ReportKeys.of(digest, jobName, attempt, sbomFormat));
  }

  /// The Secret with the presigned GET (key `ARTIFACT_URL`), mounted in `fetch` alone.
  public String fetchSecret() {
    return jobName + "-fetch";
  }

  /// The Secret with the presigned PUTs (keys `REPORT_URL`, `SBOM_URL`, `FINDINGS_URL`), mounted in
  /// `publish` alone.
  public String publishSecret() {
    return jobName + "-publish";
  }

  /// Keys in the Bucket (`docs/reference/scan-job.md`).
  public record ReportKeys(String report, String sbom, String findings) {
    /// Everything of a Job lies below `prefix`, which ends with a slash.
    public static String prefix(String digest, String jobName) {
      var hex = digest.startsWith("sha256:") ? digest.substring("sha256:".length()) : digest;
      return ".assay/reports/" + hex + "/" + jobName + "/";
    }

    static ReportKeys of(String digest, String jobName, int attempt, String sbomFormat) {
      var folder = prefix(digest, jobName) + attempt + "/";
      var sbom = sbomFormat.equals("spdx-json") ? "sbom.spdx.json.gz" : "sbom.cdx.json.gz";
      return new ReportKeys(folder + "report.json.gz", folder + sbom, folder + "findings.json.gz");
    }
  }
}
