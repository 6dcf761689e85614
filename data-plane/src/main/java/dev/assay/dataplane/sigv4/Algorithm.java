package dev.assay.dataplane.sigv4;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/// The checksums that S3 clients send in `x-amz-checksum-*`, base64 of the big-endian bytes.
public enum Algorithm {
  CRC32(4, 0xedb88320L),
  CRC32C(4, 0x82f63b78L),
  CRC64NVME(8, Crc64Nvme.POLYNOMIAL),
  SHA1(20, 0),
  SHA256(32, 0);

  private final int lengthBytes;
  private final long polynomial;

  Algorithm(int lengthBytes, long polynomial) {
    this.lengthBytes = lengthBytes;
    this.polynomial = polynomial;
  }

  public String header() {
    return "x-amz-checksum-" + name().toLowerCase(Locale.ROOT);
  }

  /// The element of XML bodies, e.g. `ChecksumCRC32`.
  public String element() {
    return "Checksum" + name();
  }

  public int lengthBytes() {
    return lengthBytes;
  }

  /// Whether checksums of two runs of bytes can be joined to that of both.
  public boolean isCrc() {
    return polynomial != 0;
  }

  long polynomial() {
    return polynomial;
  }

  public static Optional<Algorithm> ofHeader(String header) {
    return Stream.of(values()).filter(a -> a.header().equals(header)).findFirst();
  }

  public static Optional<Algorithm> named(String name) {
    return Stream.of(values()).filter(a -> a.name().equalsIgnoreCase(name)).findFirst();
  }

  public RunningChecksum start() {
    return switch (this) {
      case CRC32 -> RunningChecksum.of(new CRC32(), lengthBytes);
      case CRC32C -> RunningChecksum.of(new CRC32C(), lengthBytes);
      case CRC64NVME -> RunningChecksum.of(new Crc64Nvme(), lengthBytes);
      case SHA1 -> RunningChecksum.of("SHA-1");
      case SHA256 -> RunningChecksum.of("SHA-256");
    };
  }
}
