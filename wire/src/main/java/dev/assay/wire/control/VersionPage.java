package dev.assay.wire.control;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of the full listing, in key order, newest version of a key first.
///
/// @param next pass as `continue` to read on; absent on the last page
public record VersionPage(List<StoredVersion> versions, @Nullable String next) {}
