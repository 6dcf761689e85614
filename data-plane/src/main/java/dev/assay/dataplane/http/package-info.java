/// HTTP/1.1 on Netty for large bodies: heads parsed on the event loop, handlers on threads of their
/// own in blocking style, files sent without copying. Knows nothing of buckets.
@org.jspecify.annotations.NullMarked
package dev.assay.dataplane.http;
