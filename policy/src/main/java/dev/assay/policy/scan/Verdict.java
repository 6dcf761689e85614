package dev.assay.policy.scan;

import dev.assay.wire.scan.ScanSummary.Counts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the rules say of one artifact's bytes at one instant.
public sealed interface Verdict {
  /// Whether the bytes may be served.
  boolean releases();

  /// One bounded sentence for people, without any text of the scanned bytes but sanitised paths.
  String message();

  /// Nothing that fails is left.
  ///
  /// @param found everything that the scan found, exceptions or not: the numbers of the report
  /// @param lapses when exceptions that this verdict rests on end, earliest first; empty for a
  ///   verdict that stands as long as findings and rules do
  record Clean(Counts found, int excepted, List<Instant> lapses, String message)
      implements Verdict {
    @Override
    public boolean releases() {
      return true;
    }
  }

  /// At least one finding fails.
  ///
  /// @param found everything that the scan found, exceptions or not
  /// @param failing what of it fails
  /// @param lapses when exceptions end that keep further findings from failing, earliest first
  record Vulnerable(
      Counts found, Counts failing, int excepted, List<Instant> lapses, String message)
      implements Verdict {
    @Override
    public boolean releases() {
      return false;
    }
  }

  /// The bytes could not be scanned, and another try would not help.
  ///
  /// @param reason a word such as `ArchiveTooLarge`
  /// @param releases whether the policy lets it through all the same (`onUnscannable: Allow`)
  record Unscannable(String reason, boolean releases, String message) implements Verdict {}

  /// When this verdict, its numbers or its message change without any new scan or rule: the
  /// earliest end of an exception that keeps a finding from failing.
  default Optional<Instant> changesAt() {
    return switch (this) {
      case Clean c -> c.lapses().stream().findFirst();
      case Vulnerable v -> v.lapses().stream().findFirst();
      case Unscannable u -> Optional.empty();
    };
  }
}
