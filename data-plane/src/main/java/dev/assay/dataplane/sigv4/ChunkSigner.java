package dev.assay.dataplane.sigv4;

/// Computes the chain of chunk signatures of one body. Each follows from the one before, so chunks
/// can be neither left out, nor repeated, nor moved.
public final class ChunkSigner {
  private final byte[] key;
  private final String timestamp;
  private final String scopeName;
  private String previous;

  ChunkSigner(byte[] key, String timestamp, String scopeName, String seedSignature) {
    this.key = key;
    this.timestamp = timestamp;
    this.scopeName = scopeName;
    this.previous = seedSignature;
  }

  /// The next signature that is due, for a chunk whose bytes have this SHA-256.
  String chunk(String sha256) {
    return next("AWS4-HMAC-SHA256-PAYLOAD", Hmac.EMPTY_SHA256 + "\n" + sha256);
  }

  /// The signature that is due for a trailer, the last of the chain.
  ///
  /// @param sha256 of its lines as `name:value` each ended by a line feed
  String trailer(String sha256) {
    return next("AWS4-HMAC-SHA256-TRAILER", sha256);
  }

  private String next(String algorithm, String rest) {
    previous = Hmac.hex(key, String.join("\n", algorithm, timestamp, scopeName, previous, rest));
    return previous;
  }
}
