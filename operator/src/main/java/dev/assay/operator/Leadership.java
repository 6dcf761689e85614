package dev.assay.operator;

/// What this replica becomes. A CDI event for what only the leader does outside of reconcilers,
/// which JOSDK starts by itself.
public sealed interface Leadership {
  record Won() implements Leadership {}

  /// In production the process ends right after it.
  record Lost() implements Leadership {}
}
