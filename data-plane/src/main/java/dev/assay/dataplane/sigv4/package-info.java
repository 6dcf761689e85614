/// Checks AWS Signature Version 4 on the server's side: header and query authentication, signed and
/// unsigned `aws-chunked` bodies, and checksums in headers and trailers.
@org.jspecify.annotations.NullMarked
package dev.assay.dataplane.sigv4;
