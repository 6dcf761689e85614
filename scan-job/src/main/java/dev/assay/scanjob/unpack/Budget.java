package dev.assay.scanjob.unpack;

import dev.assay.scanjob.Plan;

/// Counts what unpacking costs, and stops it at the limits.
final class Budget {
  private final Limits limits;
  private final long artifactBytes;
  private final long allowedBytes;
  private long written;
  private long decompressed;
  private long entries;
  private long files;
  private long links;
  private long devices;

  Budget(Limits limits, long artifactBytes) {
    this.limits = limits;
    this.artifactBytes = artifactBytes;
    this.allowedBytes = limits.bytesFor(artifactBytes);
  }

  /// Bytes about to be written, or read and thrown away.
  void spend(long bytes) throws Breach {
    written += bytes;
    check(written);
  }

  /// Bytes that came out of a decompressor. Headers and padding are never written, so that twice
  /// the limit may pass here before a stream that only burns time is stopped.
  void decompress(long bytes) throws Breach {
    decompressed += bytes;
    check(decompressed / 2);
  }

  void entry() throws Breach {
    if (++entries > limits.maxFiles()) {
      throw new Breach(
          "TooManyFiles", "the archive holds more than " + limits.maxFiles() + " entries");
    }
  }

  void file() {
    files++;
  }

  void link() {
    links++;
  }

  void device() {
    devices++;
  }

  /// @param depth of the container about to be opened, 1 for the artifact itself
  void descend(int depth) throws Breach {
    if (depth > limits.maxDepth()) {
      throw new Breach(
          "NestedTooDeep", "archives lie in archives more than " + limits.maxDepth() + " deep");
    }
  }

  Plan.Statistics statistics() {
    return new Plan.Statistics(written, files, links, devices);
  }

  private void check(long bytes) throws Breach {
    if (bytes <= allowedBytes) {
      return;
    }
    if (allowedBytes == limits.maxUnpackedBytes()) {
      throw new Breach(
          "ArchiveTooLarge",
          "unpacked it is larger than the limit of " + limits.maxUnpackedBytes() + " bytes");
    }
    throw new Breach(
        "CompressionBomb",
        "%d bytes unpack to more than %d, over %d-fold"
            .formatted(artifactBytes, allowedBytes, limits.maxRatio()));
  }
}
