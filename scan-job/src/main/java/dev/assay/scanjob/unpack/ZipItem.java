package dev.assay.scanjob.unpack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.deflate64.Deflate64CompressorInputStream;

/// One line of a zip's central directory (APPNOTE.TXT 4.3.12).
///
/// @param unixMode file type and permissions where the archive was made on Unix, else 0
record ZipItem(
    String name, int flags, int method, long compressedBytes, long headerOffset, int unixMode) {
  static final int FIXED_BYTES = 46;
  static final int LOCAL_HEADER = 0x04034b50;
  private static final int DIRECTORY_HEADER = 0x02014b50;
  private static final int ZIP64_FIELD = 1;
  private static final int MADE_ON_UNIX = 3;
  private static final int FILE_TYPE = 0xf000;
  private static final int LINK = 0xa000;
  private static final int REGULAR = 0x8000;
  private static final int ENCRYPTED = 1;
  private static final int DIRECTORY_ENCRYPTED = 1 << 13;
  private static final int AES = 99;

  static int variableBytes(ByteBuffer fixed) throws IOException {
    if (fixed.getInt(0) != DIRECTORY_HEADER) {
      throw new IOException("no directory entry where one is announced");
    }
    return ZipDirectory.u16(fixed, 28) + ZipDirectory.u16(fixed, 30) + ZipDirectory.u16(fixed, 32);
  }

  static ZipItem parse(ByteBuffer fixed, ByteBuffer rest) {
    int nameBytes = ZipDirectory.u16(fixed, 28);
    var name = new byte[nameBytes];
    rest.get(0, name);
    int extraBytes = ZipDirectory.u16(fixed, 30);
    var extra = rest.slice(nameBytes, extraBytes).order(ByteOrder.LITTLE_ENDIAN);
    long[] large = {
      ZipDirectory.u32(fixed, 24), ZipDirectory.u32(fixed, 20), ZipDirectory.u32(fixed, 42)
    };
    fillFromZip64(extra, large);
    boolean unix = ZipDirectory.u16(fixed, 4) >> 8 == MADE_ON_UNIX;
    return new ZipItem(
        text(name),
        ZipDirectory.u16(fixed, 8),
        ZipDirectory.u16(fixed, 10),
        large[1],
        large[2],
        unix ? ZipDirectory.u16(fixed, 40) : 0);
  }

  /// Section 4.5.3: sizes and offset stand there in this order, each only where its own field is
  /// full of ones.
  private static void fillFromZip64(ByteBuffer extra, long[] fields) {
    for (int at = 0; at + 4 <= extra.limit(); at += 4 + ZipDirectory.u16(extra, at + 2)) {
      int end = Math.min(extra.limit(), at + 4 + ZipDirectory.u16(extra, at + 2));
      if (ZipDirectory.u16(extra, at) == ZIP64_FIELD) {
        int value = at + 4;
        for (int i = 0; i < fields.length; i++) {
          if (fields[i] == 0xffffffffL && value + 8 <= end) {
            fields[i] = extra.getLong(value);
            value += 8;
          }
        }
      }
    }
  }

  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, StandardCharsets.ISO_8859_1); // an old code page: any bytes will do
    }
  }

  boolean isDirectory() {
    return name.endsWith("/") || name.endsWith("\\");
  }

  boolean isLink() {
    return (unixMode & FILE_TYPE) == LINK;
  }

  boolean isDevice() {
    int type = unixMode & FILE_TYPE;
    return type != 0 && type != REGULAR && type != LINK && !isDirectory() && type != 0x4000;
  }

  boolean isEncrypted() {
    return (flags & (ENCRYPTED | DIRECTORY_ENCRYPTED)) != 0 || method == AES;
  }

  /// Opens the entry's content; closing it frees what the decoder holds.
  InputStream decode(InputStream raw) throws IOException, Breach {
    return switch (method) {
      case 0 -> raw;
      case 8 -> inflate(raw);
      case 9 -> new Deflate64CompressorInputStream(raw);
      case 12 -> Decompress.open(Kind.Codec.Bzip2, raw);
      case 93 -> Decompress.open(Kind.Codec.Zstd, raw);
      case 95 -> Decompress.open(Kind.Codec.Xz, raw);
      default ->
          throw new Breach(
              "UnsupportedFormat",
              "the zip compresses an entry by method " + method + ", which the scan does not read");
    };
  }

  private static InputStream inflate(InputStream raw) {
    var inflater = new Inflater(true);
    return new InflaterInputStream(raw, inflater) {
      @Override
      public void close() throws IOException {
        inflater.end(); // native memory, which the stream frees only for an inflater of its own
        super.close();
      }
    };
  }
}
