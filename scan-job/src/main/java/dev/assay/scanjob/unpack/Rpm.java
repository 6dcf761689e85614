package dev.assay.scanjob.unpack;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/// Skips what stands before the payload of an RPM, a compressed cpio: the lead (96 bytes), the
/// signature header padded to 8 bytes, the main header (rpm.org, "RPM v4 package format").
final class Rpm {
  private static final int LEAD_BYTES = 96;
  private static final int INTRO_BYTES = 16;
  private static final int MAGIC = 0x8eade801;
  private static final int ENTRY_BYTES = 16;

  private Rpm() {}

  static void skipToPayload(InputStream in) throws IOException {
    skip(in, LEAD_BYTES);
    long signature = header(in);
    skip(in, (8 - signature % 8) % 8);
    header(in);
  }

  private static long header(InputStream in) throws IOException {
    var intro = ByteBuffer.wrap(in.readNBytes(INTRO_BYTES));
    if (intro.limit() < INTRO_BYTES || intro.getInt(0) != MAGIC) {
      throw new IOException("no RPM header");
    }
    long bytes = (intro.getInt(8) & 0xffffffffL) * ENTRY_BYTES + (intro.getInt(12) & 0xffffffffL);
    skip(in, bytes);
    return INTRO_BYTES + bytes;
  }

  private static void skip(InputStream in, long bytes) throws IOException {
    try {
      in.skipNBytes(bytes);
    } catch (EOFException e) {
      throw new IOException("the RPM ends too early", e);
    }
  }
}
