/// Spec and status of a Bucket.
@org.jspecify.annotations.NullMarked
package dev.assay.api.bucket;
