/// Admission of ScanPolicies: bounded exceptions, and no loosening that frees what is quarantined.
@NullMarked
package dev.assay.webhook.scanpolicy;

import org.jspecify.annotations.NullMarked;
