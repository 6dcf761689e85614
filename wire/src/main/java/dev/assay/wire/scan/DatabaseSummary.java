package dev.assay.wire.scan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The termination message of a database Job.
///
/// @param updatedAt when the vulnerability database was built
/// @param javaUpdatedAt when the Java index was built, where it was fetched
public record DatabaseSummary(int schema, Instant updatedAt, @Nullable Instant javaUpdatedAt) {}
