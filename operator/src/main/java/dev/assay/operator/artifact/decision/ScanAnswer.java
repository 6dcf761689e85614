package dev.assay.operator.artifact.decision;

import dev.assay.operator.scan.ScanRun.ReportKeys;
import dev.assay.policy.scan.ScanVerdict;
import dev.assay.policy.scan.Verdict;
import dev.assay.policy.scan.VerdictRules;
import dev.assay.wire.scan.ScanSummary;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Whether a Job's summary answers what was asked. The pod ran with hostile bytes, so nothing in it
/// is taken on trust that can be checked.
final class ScanAnswer {
  private ScanAnswer() {}

  /// Why the answer cannot be used; another attempt may give a better one.
  static Optional<String> problem(ScanCase at, String jobName, ScanSummary summary) {
    var digest = "sha256:" + at.version().sha256();
    if (!digest.equals(summary.digest())) {
      return Optional.of(
          "the Job scanned %s, the Bucket holds %s".formatted(summary.digest(), digest));
    }
    var prefix = ReportKeys.prefix(digest, jobName);
    return Stream.of(summary.report(), summary.sbom(), summary.findings())
        .flatMap(Stream::ofNullable)
        .filter(s -> !s.key().startsWith(prefix))
        .map(s -> "the Job published to '%s', not below '%s'".formatted(s.key(), prefix))
        .findFirst()
        .or(() -> outdated(at, summary));
  }

  static Verdict unscannable(ScanSummary summary, VerdictRules rules) {
    return ScanVerdict.unscannable(
        text(summary.reason(), "Unscannable"), text(summary.message(), "no reason given"), rules);
  }

  // Only where a verdict stands: an older database is better than none, and worse than another try.
  private static Optional<String> outdated(ScanCase at, ScanSummary summary) {
    return at.memory().verdict() != null
            && at.policy().rescans().onDatabaseUpdate()
            && ScanRound.isOlder(summary.databaseUpdatedAt(), at.policy().rescans())
        ? Optional.of(
            "the Job used the vulnerability database of %s, there is one of %s"
                .formatted(
                    summary.databaseUpdatedAt(),
                    at.policy().rescans().databaseUpdatedAt().orElseThrow()))
        : Optional.empty();
  }

  private static String text(@Nullable String maybe, String otherwise) {
    return maybe == null || maybe.isBlank() ? otherwise : maybe;
  }
}
