package dev.assay.operator.control;

import dev.assay.wire.control.Changes;

/// What the change feed says after a cursor.
public sealed interface FeedAnswer {
  record Read(Changes changes) implements FeedAnswer {}

  /// The cursor is unknown or trimmed: the listing must be read again.
  record CursorGone() implements FeedAnswer {}
}
