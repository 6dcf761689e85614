package dev.assay.wire.scan;

/// The termination message of a container of a scan or database Job that could not do its work:
/// worth another try.
///
/// @param step `fetch`, `scan`, `publish` or `database`
/// @param reason a word such as `DownloadFailed`, `DigestMismatch`, `DatabaseUnavailable`,
///   `Timeout`
/// @param message a sentence for people; no URL, no text of the scanned bytes
public record JobFailure(int schema, String step, String reason, String message) {}
