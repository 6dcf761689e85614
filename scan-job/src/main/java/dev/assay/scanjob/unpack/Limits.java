package dev.assay.scanjob.unpack;

/// Limits against bombs; past any of them the bytes are unscannable.
///
/// @param maxUnpackedBytes of everything written, nested archives counted at each level
/// @param maxFiles entries of any kind, in all archives together
/// @param maxDepth containers within containers; a `tar.gz` is two
/// @param maxRatio written bytes for each byte of the artifact, once past {@link #RATIO_FREE_BYTES}
public record Limits(long maxUnpackedBytes, long maxFiles, int maxDepth, long maxRatio) {
  /// 10 GiB: what a node's ephemeral storage commonly affords one pod.
  public static final long DEFAULT_UNPACKED_BYTES = 10L << 30;

  /// A large front-end build has some 200,000 files.
  public static final long DEFAULT_FILES = 500_000;

  /// A jar in a war in an ear in a tar.gz is five deep; twice that is no one's packaging.
  public static final int DEFAULT_DEPTH = 10;

  /// Text compresses 20-fold at most in practice, gzip's end is 1,032-fold.
  public static final long DEFAULT_RATIO = 200;

  /// Small files may compress as well as they like: 64 MiB harm no disk.
  static final long RATIO_FREE_BYTES = 64L << 20;

  long bytesFor(long artifactBytes) {
    return Math.min(maxUnpackedBytes, ratioBytesFor(artifactBytes));
  }

  long ratioBytesFor(long artifactBytes) {
    return artifactBytes > Long.MAX_VALUE / maxRatio
        ? Long.MAX_VALUE
        : Math.max(RATIO_FREE_BYTES, artifactBytes * maxRatio);
  }
}
