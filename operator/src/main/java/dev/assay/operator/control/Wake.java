package dev.assay.operator.control;

import dev.assay.wire.control.StoredVersion;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;

/// What a feed tells the reconcilers: whom to wake, never what to do.
sealed interface Wake {
  /// Where it happened.
  ResourceID bucket();

  /// Something happened to what came through a session, or lies at a key.
  ///
  /// @param session empty where none is known
  record Changed(ResourceID bucket, String key, String session) implements Wake {}

  /// The whole listing of a store, which repairs what the feed missed.
  record Listed(ResourceID bucket, List<StoredVersion> versions) implements Wake {
    public Listed {
      versions = List.copyOf(versions);
    }
  }

  /// The data plane answers again; who waited for it may go on.
  record Recovered(ResourceID bucket) implements Wake {}

  /// The data plane does not answer.
  record Lost(ResourceID bucket, String why) implements Wake {}
}
