package dev.assay.scanjob.trivy;

import dev.assay.scanjob.StepFailure;
import java.util.List;
import java.util.Locale;

/// What Trivy's last words mean. Its exit code says nothing: every fatal error is 1.
final class TrivyError {
  private record Sign(String text, String reason) {}

  /// In this order: a database that took too long to come is a missing database.
  private static final List<Sign> SIGNS =
      List.of(
          new Sign("db error", "DatabaseUnavailable"),
          new Sign("java db", "DatabaseUnavailable"),
          new Sign("vulnerability db", "DatabaseUnavailable"),
          new Sign("-db-update", "DatabaseUnavailable"),
          new Sign("no space left", "DiskFull"),
          new Sign("twirp", "ServerUnavailable"),
          new Sign("connection refused", "ServerUnavailable"),
          new Sign("deadline exceeded", "Timeout"));

  private static final int SENTENCE_CHARACTERS = 300;

  private TrivyError() {}

  /// @param said the end of Trivy's stderr
  static StepFailure of(String said, int exitCode) {
    var fatal = said.substring(Math.max(0, said.lastIndexOf("FATAL")));
    var lower = fatal.toLowerCase(Locale.ROOT);
    var reason =
        SIGNS.stream()
            .filter(sign -> lower.contains(sign.text()))
            .map(Sign::reason)
            .findFirst()
            .orElse("TrivyFailed");
    return new StepFailure(
        reason, "Trivy ended with exit code " + exitCode + ": " + sentence(fatal));
  }

  /// One line, without URLs (which may carry credentials) and paths (which name scanned files).
  private static String sentence(String fatal) {
    var line =
        fatal
            .replaceAll("\\u001b\\[[0-9;]*m", "")
            .replaceFirst("^FATAL\\s+(Fatal error\\s+)?", "")
            .replaceAll("[a-zA-Z][a-zA-Z0-9+.-]*://\\S+", "<url>")
            .replaceAll("(?<![\\w.:-])/[^\\s:\"']+", "<path>")
            .replaceAll("[^\\x20-\\x7e]+", " ")
            .strip();
    return line.length() <= SENTENCE_CHARACTERS
        ? line
        : "..." + line.substring(line.length() - SENTENCE_CHARACTERS);
  }
}
