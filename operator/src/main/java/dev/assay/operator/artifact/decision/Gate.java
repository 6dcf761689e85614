package dev.assay.operator.artifact.decision;

import dev.assay.operator.status.Draft;

/// Whether the verdict lets the bytes out.
sealed interface Gate {
  record Pass(String message) implements Gate {}

  /// @param cause e.g. `VulnerabilitiesFound`
  record Block(String cause, String message) implements Gate {}

  /// There is no verdict yet.
  ///
  /// @param meanwhile what the condition says that waits, Scanned or SourceVerified
  record Pending(Standing standing, Draft meanwhile) implements Gate {}
}
