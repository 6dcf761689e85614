package dev.assay.dataplane.http;

import java.time.Duration;

/// What a client may cost before it has shown anything.
///
/// @param maxLineBytes of the request line: a key of 1,024 bytes, each escaped, and a signature
/// @param maxHeaderBytes all headers together; S3 allows 2 KiB of metadata in 8 KiB of headers
/// @param headTimeout for a whole head, and so also for an idle connection between two
/// @param bodyIdle longest wait for the next bytes of a body, or for a client to take the next
/// @param minBytesPerSecond a body slower than that on average is given up, after `bodyIdle`
/// @param maxConnections further ones are closed at once
/// @param linger how long the rest of a refused body is thrown away, so that the client reads why
public record Limits(
    int maxLineBytes,
    int maxHeaderBytes,
    Duration headTimeout,
    Duration bodyIdle,
    int minBytesPerSecond,
    int maxConnections,
    Duration linger) {
  public static final Limits DEFAULT =
      new Limits(
          8_192,
          16_384,
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          1_024,
          4_096,
          Duration.ofSeconds(5));

  public Limits withTimeouts(Duration head, Duration body) {
    return new Limits(
        maxLineBytes, maxHeaderBytes, head, body, minBytesPerSecond, maxConnections, linger);
  }
}
