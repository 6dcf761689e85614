package dev.assay.policy.scan;

import dev.assay.wire.scan.ScanSummary.Counts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the rules say of one artifact's bytes at one instant.
public sealed interface Verdict {
  /// Whether the bytes may be served.
  boolean releases();

  /// One bounded sentence for people, without any text of the scanned bytes but sanitised names.
  String message();

  /// A verdict over findings.
  ///
  /// It offers the numbers that `status.scan` shows: `counted()` is what was found without what
  /// exceptions cover, whether it fails or not; `excepted()` is what they cover.
  sealed interface Scanned extends Verdict {
    Counts counted();

    int excepted();

    /// When exceptions that cover a finding end, earliest first: then numbers, message or verdict
    /// are others. Empty for a verdict that stands as long as findings and rules do.
    List<Instant> lapses();
  }

  /// Nothing that counts fails.
  record Clean(Counts counted, int excepted, List<Instant> lapses, String message)
      implements Scanned {
    @Override
    public boolean releases() {
      return true;
    }
  }

  /// At least one vulnerability fails, and perhaps secrets as well.
  ///
  /// @param failing what of `counted` fails
  record Vulnerable(
      Counts counted, Counts failing, int excepted, List<Instant> lapses, String message)
      implements Scanned {
    @Override
    public boolean releases() {
      return false;
    }
  }

  /// Secrets fail, and no vulnerability does.
  ///
  /// @param failing what of `counted` fails
  record SecretsFound(
      Counts counted, Counts failing, int excepted, List<Instant> lapses, String message)
      implements Scanned {
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

  /// When this verdict, its numbers or its message change without any new scan or rule.
  default Optional<Instant> changesAt() {
    return this instanceof Scanned scanned
        ? scanned.lapses().stream().findFirst()
        : Optional.empty();
  }
}
