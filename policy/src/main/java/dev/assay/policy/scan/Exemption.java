package dev.assay.policy.scan;

import dev.assay.wire.scan.Findings;
import java.time.Instant;

/// One exception of a ScanPolicy, read and valid: findings of `id` that it covers do not count
/// against the verdict while it is active.
///
/// @param id of a vulnerability, or of a secret rule; compared without case
/// @param packages which packages it speaks of
/// @param artifacts which Artifacts it speaks of, by their labels
/// @param expiresAt the first instant at which it no longer holds
public record Exemption(String id, Packages packages, LabelMatch artifacts, Instant expiresAt) {

  public sealed interface Packages {
    record Any() implements Packages {}

    /// Those that the purl covers as a pattern: `Purl.covers`.
    record Matching(Purl pattern) implements Packages {}
  }

  public boolean activeAt(Instant now) {
    return now.isBefore(expiresAt);
  }

  /// A finding without a purl, or with one that cannot be read, is covered only by an exception
  /// that names no package: what is not known to match does not match.
  boolean covers(Findings.Vulnerability found) {
    return id.equalsIgnoreCase(found.id())
        && switch (packages) {
          case Packages.Any() -> true;
          case Packages.Matching(var pattern) -> {
            var purl = found.purl();
            yield purl != null
                && Purl.read(purl) instanceof Purl.Reading.Ok(var read)
                && pattern.covers(read);
          }
        };
  }

  /// A secret lies in no package, so an exception that names one does not cover it.
  boolean covers(Findings.Secret found) {
    return id.equalsIgnoreCase(found.ruleId()) && packages instanceof Packages.Any;
  }
}
