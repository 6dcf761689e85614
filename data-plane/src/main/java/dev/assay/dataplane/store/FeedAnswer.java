package dev.assay.dataplane.store;

import dev.assay.wire.control.Changes;

/// The answer of the change feed.
public sealed interface FeedAnswer {
  record News(Changes changes) implements FeedAnswer {}

  /// The cursor is of another epoch, trimmed, or not one at all: list, then follow.
  record Gone(String message) implements FeedAnswer {}
}
