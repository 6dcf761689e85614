/// Presigned URLs: reading them, getting and putting with retries, never saying them.
@org.jspecify.annotations.NullMarked
package dev.assay.scanjob.http;
