package dev.assay.operator.signing;

import java.util.Map;

/// A Secret that somebody named, as far as it may be read.
public sealed interface Credential {
  /// @param data decoded, by key
  record Found(Map<String, String> data) implements Credential {}

  /// @param message a sentence that says what to do
  record Unusable(String message) implements Credential {}
}
