/// The reconciler of ScanPolicies: is the policy usable, how do its exceptions and Artifacts stand,
/// and how old is the vulnerability database.
@NullMarked
package dev.assay.operator.scanpolicy;

import org.jspecify.annotations.NullMarked;
