package dev.assay.dataplane.sigv4;

/// What the signature says of the body.
public sealed interface Payload {
  /// `UNSIGNED-PAYLOAD`, presigned or anonymous: the body is not covered by the signature.
  record Unsigned() implements Payload {}

  /// @param sha256 lower-case hex that the whole body must have
  record Hashed(String sha256) implements Payload {}

  /// An `aws-chunked` body whose chunks are not signed, with checksums in its trailer.
  record UnsignedChunks() implements Payload {}

  /// An `aws-chunked` body, each chunk signed over the one before.
  ///
  /// @param seed what the first chunk's signature follows from
  /// @param trailer whether a signed trailer ends the body
  record SignedChunks(ChunkSigner seed, boolean trailer) implements Payload {}
}
