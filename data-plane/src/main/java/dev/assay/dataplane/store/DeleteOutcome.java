package dev.assay.dataplane.store;

/// The answer to S3's DELETE.
public sealed interface DeleteOutcome {
  record Deleted(String versionId) implements DeleteOutcome {}

  record Nothing() implements DeleteOutcome {}

  /// `Immutable`, `KeyNotAllowed` or `PreconditionFailed`.
  record Refused(Refusal refusal) implements DeleteOutcome {}
}
