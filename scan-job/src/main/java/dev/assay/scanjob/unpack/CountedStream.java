package dev.assay.scanjob.unpack;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// What a decompressor gives, counted against the budget.
final class CountedStream extends FilterInputStream {
  /// Carries a breach through the archive readers, which know `IOException` only.
  static final class Stopped extends IOException {
    private static final long serialVersionUID = 1L;
    private final transient Breach breach;

    Stopped(Breach breach) {
      super(breach.getMessage());
      this.breach = breach;
    }

    Breach breach() {
      return breach;
    }
  }

  private final Budget budget;

  CountedStream(InputStream in, Budget budget) {
    super(in);
    this.budget = budget;
  }

  @Override
  public int read() throws IOException {
    int one = in.read();
    count(one < 0 ? 0 : 1);
    return one;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int n = in.read(bytes, offset, length);
    count(Math.max(n, 0));
    return n;
  }

  @Override
  public long skip(long bytes) throws IOException {
    int some = Math.clamp(bytes, 0, 8192);
    return Math.max(read(new byte[some], 0, some), 0);
  }

  private void count(int bytes) throws IOException {
    try {
      budget.decompress(bytes);
    } catch (Breach breach) {
      throw new Stopped(breach);
    }
  }
}
