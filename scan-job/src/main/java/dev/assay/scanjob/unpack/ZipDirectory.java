package dev.assay.scanjob.unpack;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Reads a zip by its central directory, one entry after the other, in constant memory whatever the
/// archive says of itself (APPNOTE.TXT 6.3.10; section numbers below).
final class ZipDirectory implements Closeable {
  static final int END = 0x06054b50; // 4.3.16
  private static final int END_BYTES = 22;
  private static final int END64_LOCATOR = 0x07064b50; // 4.3.15
  private static final int END64_LOCATOR_BYTES = 20;
  private static final int END64 = 0x06064b50; // 4.3.14
  private static final int END64_BYTES = 56;
  private static final int MAX_COMMENT_BYTES = 0xffff;
  private static final long IN_ZIP64 = 0xffffffffL;

  private final FileChannel file;
  private final long entriesOffset;
  private final long directoryOffset;
  private final long directoryBytes;

  private ZipDirectory(FileChannel file, long entriesOffset, long offset, long bytes) {
    this.file = file;
    this.entriesOffset = entriesOffset;
    this.directoryOffset = offset;
    this.directoryBytes = bytes;
  }

  static ZipDirectory open(Path path) throws IOException {
    var file = Disk.does(() -> FileChannel.open(path, StandardOpenOption.READ));
    try {
      return locate(file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static ZipDirectory locate(FileChannel file) throws IOException {
    long size = file.size();
    int tailBytes = (int) Math.min(size, END_BYTES + MAX_COMMENT_BYTES);
    var tail = read(file, size - tailBytes, tailBytes);
    for (int at = tailBytes - END_BYTES; at >= 0; at--) {
      if (tail.getInt(at) == END && at + END_BYTES + u16(tail, at + 20) == tailBytes) {
        return at(file, size - tailBytes + at, tail.slice(at, END_BYTES).order(tail.order()));
      }
    }
    throw new IOException("no end of central directory");
  }

  private static ZipDirectory at(FileChannel file, long end, ByteBuffer record) throws IOException {
    long bytes = u32(record, 12);
    long offset = u32(record, 16);
    long directoryEnd = end;
    boolean large = bytes == IN_ZIP64 || offset == IN_ZIP64 || u16(record, 10) == 0xffff;
    if (large && end >= END64_LOCATOR_BYTES) {
      var locator = read(file, end - END64_LOCATOR_BYTES, END64_LOCATOR_BYTES);
      if (locator.getInt(0) == END64_LOCATOR) {
        var end64 = read(file, locator.getLong(8), END64_BYTES);
        if (end64.getInt(0) != END64) {
          throw new IOException("no zip64 end of central directory");
        }
        bytes = end64.getLong(40);
        offset = end64.getLong(48);
        directoryEnd = locator.getLong(8);
      }
    }
    // Bytes put before a zip (a launcher script, an ELF stub) shift all of its offsets.
    long shift = directoryEnd - bytes - offset;
    if (bytes < 0 || offset < 0 || shift < 0) {
      throw new IOException("the central directory lies outside the file");
    }
    return new ZipDirectory(file, shift, offset + shift, bytes);
  }

  /// One pass over the entries, in the directory's order.
  Cursor entries() {
    return new Cursor();
  }

  final class Cursor {
    private long position = directoryOffset;

    /// @return the next entry, or null after the last
    @Nullable ZipItem next() throws IOException {
      if (position >= directoryOffset + directoryBytes) {
        return null;
      }
      var fixed = read(file, position, ZipItem.FIXED_BYTES);
      int variable = ZipItem.variableBytes(fixed);
      var rest = read(file, position + ZipItem.FIXED_BYTES, variable);
      position += ZipItem.FIXED_BYTES + variable;
      return ZipItem.parse(fixed, rest);
    }
  }

  /// The entry's bytes as they lie in the file, still compressed.
  InputStream raw(ZipItem item) throws IOException {
    long header = item.headerOffset() + entriesOffset;
    var local = read(file, header, 30);
    if (local.getInt(0) != ZipItem.LOCAL_HEADER) {
      throw new IOException("no local header where the directory says");
    }
    long start = header + 30 + u16(local, 26) + u16(local, 28);
    if (item.compressedBytes() < 0 || start + item.compressedBytes() > file.size()) {
      throw new IOException("the entry ends outside the file");
    }
    var channel = file.position(start); // one entry is read at a time
    return new BufferedInputStream(
        new Bounded(Channels.newInputStream(channel), item.compressedBytes()));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private static ByteBuffer read(FileChannel file, long position, int bytes) throws IOException {
    var buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (position < 0) {
      throw new IOException("an offset before the file");
    }
    while (buffer.hasRemaining()) {
      if (file.read(buffer, position + buffer.position()) < 0) {
        throw new IOException("the zip ends too early");
      }
    }
    return buffer.flip();
  }

  static int u16(ByteBuffer buffer, int at) {
    return buffer.getShort(at) & 0xffff;
  }

  static long u32(ByteBuffer buffer, int at) {
    return buffer.getInt(at) & IN_ZIP64;
  }

  /// Ends after a number of bytes, and leaves the channel open.
  private static final class Bounded extends InputStream {
    private final InputStream in;
    private long left;

    Bounded(InputStream in, long left) {
      this.in = in;
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int n = in.read(bytes, offset, (int) Math.min(length, left));
      left -= Math.max(n, 0);
      return n;
    }
  }
}
