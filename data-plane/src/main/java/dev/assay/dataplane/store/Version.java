package dev.assay.dataplane.store;

import dev.assay.wire.control.StoredVersion;
import java.util.Map;
import java.util.Optional;

/// A version with what only clients of the S3 port need.
///
/// @param stateMessage the sentence given with the last change of state
/// @param attributes as the upload gave them
public record Version(
    StoredVersion stored, Optional<String> stateMessage, Map<String, String> attributes) {}
