package dev.assay.wire.control;

import java.util.List;

/// One answer of the change feed.
///
/// @param cursor where to read on, `<epoch>.<seq>`; opaque to the reader
public record Changes(String cursor, List<Change> changes) {}
