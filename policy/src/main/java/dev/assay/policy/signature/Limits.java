package dev.assay.policy.signature;

/// How large things may be.
final class Limits {
  /// A bundle with an SBOM of some thousand components has a few hundred KiB.
  static final int BUNDLE_BYTES = 1 << 20;

  /// cosign's payload of an image has some 250 bytes; people may add annotations.
  static final int PAYLOAD_BYTES = 64 << 10;

  /// RSA of 2048 bits and more: what NIST SP 800-131A allows after 2013.
  static final int RSA_BITS = 2048;

  /// Signatures of an envelope that are tried.
  static final int SIGNATURES = 8;

  private Limits() {}
}
