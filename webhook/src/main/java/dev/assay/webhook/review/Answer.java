package dev.assay.webhook.review;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;

/// What the API server is told.
public sealed interface Answer {
  /// @param warnings shown to the caller, by `kubectl` too
  record Allowed(List<String> warnings) implements Answer {}

  /// @param message for the caller: what is wrong and what to do
  record Denied(Refusal refusal, String message) implements Answer {}

  /// Allowed, and written into the object first.
  ///
  /// @param patch RFC 6902
  record Patched(ArrayNode patch) implements Answer {}

  static Answer allowed() {
    return new Allowed(List.of());
  }
}
