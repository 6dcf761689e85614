/// The scan rules: which ScanPolicy is in force, what exceptions cover, and the verdict over a
/// scan's findings. Pure functions over records; time comes in as an argument.
@org.jspecify.annotations.NullMarked
package dev.assay.policy.scan;
