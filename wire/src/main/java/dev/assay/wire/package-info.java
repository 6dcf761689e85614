/// What Assay's processes say to each other: the data plane's control port and the scan Job's
/// files. Records and the code that must be the same on both sides, nothing else.
@org.jspecify.annotations.NullMarked
package dev.assay.wire;
