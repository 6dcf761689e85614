package dev.assay.scanjob.unpack;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Limits what an archive reader takes in to know one entry. A header may announce a name or a list
/// of attributes of any length, and the readers hold it in memory.
final class GuardedHeaders extends FilterInputStream {
  /// Linux knows no path of more than 4 KiB; extended attributes of 64 KiB are its limit for one.
  static final int MAX_HEADER_BYTES = 1 << 20;

  private long left = Long.MAX_VALUE;

  interface Reading<T> {
    T run() throws IOException;
  }

  GuardedHeaders(InputStream in) {
    super(in);
  }

  <T> T header(Reading<T> next) throws IOException {
    left = MAX_HEADER_BYTES;
    try {
      return next.run();
    } finally {
      left = Long.MAX_VALUE;
    }
  }

  @Override
  public int read() throws IOException {
    int one = in.read();
    count(1);
    return one;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int n = in.read(bytes, offset, length);
    count(n);
    return n;
  }

  private void count(int bytes) throws IOException {
    left -= bytes;
    if (left < 0) {
      throw new CountedStream.Stopped(
          new Breach("HeaderTooLarge", "the archive has a header of more than 1 MiB"));
    }
  }
}
