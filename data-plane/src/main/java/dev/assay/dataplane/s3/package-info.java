/// S3's REST dialect over a store: operations, who may do them, XML and errors.
@org.jspecify.annotations.NullMarked
package dev.assay.dataplane.s3;
