package dev.assay.wire.scan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The termination message of a scan Job's `publish` container: JSON, at most 4 KiB.
///
/// @param schema 1
/// @param digest of the scanned bytes, `sha256:<hex>`
/// @param reason why it is unscannable, a word such as `ArchiveTooLarge`; absent when scanned
/// @param message a sentence for people; never text of the scanned bytes
/// @param databaseUpdatedAt of the vulnerability database that was used; absent when none was
public record ScanSummary(
    int schema,
    Outcome outcome,
    String digest,
    @Nullable String reason,
    @Nullable String message,
    @Nullable Instant databaseUpdatedAt,
    @Nullable String trivyVersion,
    @Nullable Stored report,
    @Nullable Stored sbom,
    @Nullable Stored findings,
    @Nullable Counts counts) {

  public enum Outcome {
    Scanned,
    Unscannable
  }

  /// An object in the Bucket's store.
  public record Stored(String key, String sha256, long sizeBytes) {}

  public record Counts(int critical, int high, int medium, int low, int unknown, int secrets) {}
}
