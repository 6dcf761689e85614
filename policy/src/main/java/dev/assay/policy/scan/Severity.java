package dev.assay.policy.scan;

import java.util.Locale;

/// How bad a finding is, mildest first, in the scanner's own order: `UNKNOWN` means not yet scored
/// and lies below `LOW`, so that only a threshold of `UNKNOWN` fails on it.
public enum Severity {
  UNKNOWN,
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL;

  /// Reads the scanner's word. A word that is none of ours is `UNKNOWN`, as the scanner itself maps
  /// them.
  public static Severity of(String word) {
    return switch (word.strip().toUpperCase(Locale.ROOT)) {
      case "CRITICAL" -> CRITICAL;
      case "HIGH" -> HIGH;
      case "MEDIUM" -> MEDIUM;
      case "LOW" -> LOW;
      default -> UNKNOWN;
    };
  }

  public boolean atLeast(Severity threshold) {
    return compareTo(threshold) >= 0;
  }
}
