/// What a scan Job reads and writes: its termination message and the findings that the verdict is
/// computed from.
@org.jspecify.annotations.NullMarked
package dev.assay.wire.scan;
