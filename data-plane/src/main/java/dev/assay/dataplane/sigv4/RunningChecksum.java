package dev.assay.dataplane.sigv4;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.zip.Checksum;

/// A checksum that follows a stream.
public interface RunningChecksum {
  void update(byte[] bytes, int offset, int length);

  /// Call once, at the end.
  byte[] value();

  static RunningChecksum of(Checksum crc, int lengthBytes) {
    return new RunningChecksum() {
      @Override
      public void update(byte[] bytes, int offset, int length) {
        crc.update(bytes, offset, length);
      }

      @Override
      public byte[] value() {
        var all = ByteBuffer.allocate(Long.BYTES).putLong(crc.getValue()).array();
        return Arrays.copyOfRange(all, Long.BYTES - lengthBytes, Long.BYTES);
      }
    };
  }

  /// @param algorithm a name that every JDK knows: MD5, SHA-1 or SHA-256
  static RunningChecksum of(String algorithm) {
    try {
      var digest = MessageDigest.getInstance(algorithm);
      return new RunningChecksum() {
        @Override
        public void update(byte[] bytes, int offset, int length) {
          digest.update(bytes, offset, length);
        }

        @Override
        public byte[] value() {
          return digest.digest();
        }
      };
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}
