package dev.assay.dataplane.sigv4;

import java.util.zip.Checksum;

/// CRC-64/NVME (reflected polynomial 0x9a6c9329ac4bc9b5, all ones in and out), which newer SDKs
/// send by default. Eight bytes a step: the plain table costs more than the upload's SHA-256.
final class Crc64Nvme implements Checksum {
  static final long POLYNOMIAL = 0x9a6c9329ac4bc9b5L;
  private static final long[][] TABLES = tables();

  private long state = -1L;

  @Override
  public void update(int b) {
    state = TABLES[0][(int) (state ^ b) & 0xff] ^ (state >>> 8);
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    var at = offset;
    var end = offset + length;
    while (end - at >= 8) {
      var mixed = state;
      for (var i = 0; i < 8; i++) {
        mixed ^= (bytes[at + i] & 0xffL) << (8 * i);
      }
      state =
          TABLES[7][(int) mixed & 0xff]
              ^ TABLES[6][(int) (mixed >>> 8) & 0xff]
              ^ TABLES[5][(int) (mixed >>> 16) & 0xff]
              ^ TABLES[4][(int) (mixed >>> 24) & 0xff]
              ^ TABLES[3][(int) (mixed >>> 32) & 0xff]
              ^ TABLES[2][(int) (mixed >>> 40) & 0xff]
              ^ TABLES[1][(int) (mixed >>> 48) & 0xff]
              ^ TABLES[0][(int) (mixed >>> 56)];
      at += 8;
    }
    for (; at < end; at++) {
      update(bytes[at]);
    }
  }

  @Override
  public long getValue() {
    return ~state;
  }

  @Override
  public void reset() {
    state = -1L;
  }

  private static long[][] tables() {
    var tables = new long[8][256];
    for (var n = 0; n < 256; n++) {
      long crc = n;
      for (var bit = 0; bit < 8; bit++) {
        crc = (crc & 1) != 0 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
      }
      tables[0][n] = crc;
    }
    for (var n = 0; n < 256; n++) {
      for (var k = 1; k < 8; k++) {
        var previous = tables[k - 1][n];
        tables[k][n] = tables[0][(int) previous & 0xff] ^ (previous >>> 8);
      }
    }
    return tables;
  }
}
