package dev.assay.operator.artifact.decision;

import java.util.List;

/// The Bucket that an Artifact names, as far as the Artifact depends on it.
public sealed interface BucketSight {
  record Missing(String name) implements BucketSight {}

  /// It exists, but its data plane cannot be called.
  record NotReady(String name, String why) implements BucketSight {}

  /// It answers.
  ///
  /// @param maxObjectSizeBytes `Long.MAX_VALUE` for no limit
  /// @param allowedMediaTypes patterns such as `application/*`; empty allows all
  /// @param rejectsDuplicates whether bytes that the Bucket holds under another key are refused
  record Serving(
      String name,
      long maxObjectSizeBytes,
      List<String> allowedMediaTypes,
      boolean rejectsDuplicates)
      implements BucketSight {}
}
