package dev.assay.scanjob;

/// Why bytes cannot be scanned.
///
/// @param reason a word such as `ArchiveTooLarge`, shown in conditions
/// @param message a sentence for people; never text of the scanned bytes
public record Unscannable(String reason, String message) {}
