package dev.assay.dataplane.store.filesystem;

import dev.assay.dataplane.store.Store;
import dev.assay.dataplane.store.Version;
import dev.assay.wire.control.StoredVersion;
import dev.assay.wire.control.VersionState;
import java.util.Optional;

/// A version as the index has it.
///
/// @param ord grows with each version of the index
record VersionRow(
    long ord,
    VersionFacts facts,
    VersionState state,
    long revision,
    Optional<String> reason,
    Optional<String> message,
    boolean served) {

  boolean internal() {
    return facts.key().startsWith(Store.INTERNAL);
  }

  /// Whether a newer PUT of a plain S3 store takes its place: an artifact's version stays until its
  /// owner removes it.
  boolean replaceable() {
    return facts.session() == null && !internal();
  }

  StoredVersion stored() {
    return new StoredVersion(
        facts.key(),
        facts.versionId(),
        facts.sizeBytes(),
        facts.sha256(),
        facts.etag(),
        facts.mediaType(),
        facts.metadata(),
        facts.storedAt(),
        facts.uploader(),
        facts.session(),
        state,
        revision,
        reason.orElse(null),
        served);
  }

  Version version() {
    return new Version(stored(), message, facts.attributes());
  }
}
