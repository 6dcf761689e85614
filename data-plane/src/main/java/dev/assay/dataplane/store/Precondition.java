package dev.assay.dataplane.store;

/// What must hold of the served version at the moment of the change; judged in its transaction.
public sealed interface Precondition {
  Precondition NONE = new None();

  record None() implements Precondition {}

  /// `If-None-Match: *`
  record Absent() implements Precondition {}

  /// `If-Match`, the ETag without quotes.
  record HasEtag(String etag) implements Precondition {}
}
