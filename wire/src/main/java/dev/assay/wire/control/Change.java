package dev.assay.wire.control;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// One line of the change feed. The feed is a hint, the listing is the truth: a reader may see a
/// change twice.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Change.VersionStored.class, name = "VersionStored"),
  @JsonSubTypes.Type(value = Change.StateChanged.class, name = "StateChanged"),
  @JsonSubTypes.Type(value = Change.VersionDeleted.class, name = "VersionDeleted"),
  @JsonSubTypes.Type(value = Change.UploadRefused.class, name = "UploadRefused"),
  @JsonSubTypes.Type(value = Change.UploadProgressed.class, name = "UploadProgressed")
})
public sealed interface Change {
  /// Position in the feed, growing within an epoch.
  long seq();

  record VersionStored(long seq, StoredVersion version) implements Change {}

  record StateChanged(long seq, StoredVersion version) implements Change {}

  record VersionDeleted(long seq, String key, String versionId) implements Change {}

  record UploadRefused(long seq, String session, String key, SessionStatus.Refusal refusal)
      implements Change {}

  /// At most one in 30 s for a session, and only when the number changed.
  record UploadProgressed(
      long seq, String session, String key, long bytesReceived, int partsReceived)
      implements Change {}
}
