package dev.assay.operator.scan;

/// How much disk a scan pod may use, from the size of the bytes.
///
/// @param unpackedBytes most that `fetch` may write; past it the bytes are unscannable
/// @param workBytes limit of the work volume: the bytes, what they unpack to, and the results
/// @param requestBytes what the scheduler sets aside: most archives grow by less than half
/// @param limitBytes past it the kubelet evicts the pod
record ScanStorage(long unpackedBytes, long workBytes, long requestBytes, long limitBytes) {
  /// Any small archive may unpack to this much.
  private static final long LEAST_UNPACKED_BYTES = 1L << 30;

  /// Text compresses 20-fold at most in practice.
  private static final long USUAL_RATIO = 20;

  /// Report, SBOM and findings before they are packed.
  private static final long RESULTS_BYTES = 512L << 20;

  /// Logs, and a little room for everyone.
  private static final long REST_BYTES = 128L << 20;

  /// @param maxScanSizeBytes also bounds what the bytes may unpack to
  static ScanStorage of(long sizeBytes, long maxScanSizeBytes) {
    var most = Math.max(LEAST_UNPACKED_BYTES, maxScanSizeBytes);
    var usual = sizeBytes > most / USUAL_RATIO ? most : sizeBytes * USUAL_RATIO;
    var unpacked = Math.max(LEAST_UNPACKED_BYTES, usual);
    var work = sizeBytes + unpacked + RESULTS_BYTES;
    // Trivy unpacks layers and packages of its own in /tmp: as much again.
    return new ScanStorage(unpacked, work, sizeBytes * 2 + REST_BYTES, work * 2 + REST_BYTES);
  }
}
