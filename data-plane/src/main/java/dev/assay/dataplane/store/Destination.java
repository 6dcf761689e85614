package dev.assay.dataplane.store;

/// Where a whole-object upload goes, and so which rules hold for it.
public sealed interface Destination {
  String key();

  /// A client's PUT through S3 with an access key that may write.
  record Key(String key, Precondition precondition) implements Destination {}

  /// A PUT into an upload session; the session's key, limits and metadata hold.
  ///
  /// @param key the one in the request's path, which must be the session's
  record InSession(String sessionId, String key) implements Destination {}

  /// A create-only PUT below `.assay/`; released at once, outside of staging, usage and feed.
  record Internal(String key) implements Destination {}
}
