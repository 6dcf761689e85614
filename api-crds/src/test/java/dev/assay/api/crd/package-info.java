/// Makes the CRDs from the records, and holds them against the checked-in ones and a real API
/// server.
@org.jspecify.annotations.NullMarked
package dev.assay.api.crd;
