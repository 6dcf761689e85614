package dev.assay.dataplane.sigv4;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/// Computes checksums of the bytes that are read through it. SHA-256 is left out: whoever stores
/// the bytes computes it anyway.
public final class ChecksumBody extends FilterInputStream {
  private final Map<Algorithm, RunningChecksum> running = new EnumMap<>(Algorithm.class);

  public ChecksumBody(InputStream in, Set<Algorithm> algorithms) {
    super(in);
    for (var algorithm : algorithms) {
      if (algorithm != Algorithm.SHA256) {
        running.put(algorithm, algorithm.start());
      }
    }
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    var n = read(one, 0, 1);
    return n < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    var n = super.read(buffer, offset, length);
    if (n > 0) {
      for (var checksum : running.values()) {
        checksum.update(buffer, offset, n);
      }
    }
    return n;
  }

  @Override
  public long skip(long n) throws IOException {
    throw new IOException("bytes that are skipped cannot be checked");
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /// Base64 of each; call once, after the end.
  public Map<Algorithm, String> values() {
    var values = new EnumMap<Algorithm, String>(Algorithm.class);
    running.forEach((a, c) -> values.put(a, Base64.getEncoder().encodeToString(c.value())));
    return values;
  }
}
