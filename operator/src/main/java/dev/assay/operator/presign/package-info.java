/// Presigned URLs for the data plane's S3 port, each a pure function of what it is for and of the
/// instant at which it was issued.
@org.jspecify.annotations.NullMarked
package dev.assay.operator.presign;
