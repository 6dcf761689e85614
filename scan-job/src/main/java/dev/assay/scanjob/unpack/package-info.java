/// Recognising and unpacking hostile bytes, within limits.
@org.jspecify.annotations.NullMarked
package dev.assay.scanjob.unpack;
