/// Spec and status of a ScanPolicy.
@org.jspecify.annotations.NullMarked
package dev.assay.api.scanpolicy;
