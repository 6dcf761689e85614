package dev.assay.operator.presign;

import java.net.URI;

/// Where a Bucket's S3 port answers, path style.
///
/// @param base scheme, host and port, without a path
/// @param bucket the S3 bucket's name, which is the Bucket's
/// @param region goes into the signature; the data plane is configured with the same one
public record Endpoint(URI base, String bucket, String region) {}
