package dev.assay.scanjob.unpack;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// Says what bytes are from their beginning. Names are believed only where the format has no magic
/// number (`.lzma`).
final class Recognise {
  /// A tar header is one block of 512 bytes; every magic number lies in it.
  static final int HEAD_BYTES = 512;

  private static final int CHECKSUM_OFFSET = 148;
  private static final int CHECKSUM_BYTES = 8;

  /// @param bytes as Latin-1
  private record Magic(String bytes, Kind kind) {
    boolean opens(String head) {
      return head.startsWith(bytes);
    }
  }

  private static final List<Magic> MAGICS =
      List.of(
          hex("1f8b08", new Kind.Compressed(Kind.Codec.Gzip)),
          hex("28b52ffd", new Kind.Compressed(Kind.Codec.Zstd)),
          hex("fd377a585a00", new Kind.Compressed(Kind.Codec.Xz)),
          hex("425a6831314159265359", new Kind.Compressed(Kind.Codec.Bzip2)),
          hex("04224d18", new Kind.Compressed(Kind.Codec.Lz4)),
          hex("ff060000734e61507059", new Kind.Compressed(Kind.Codec.Snappy)),
          hex("1f9d", new Kind.Compressed(Kind.Codec.UnixCompress)),
          hex("504b0304", new Kind.Archive(Kind.Format.Zip)),
          hex("504b0506", new Kind.Archive(Kind.Format.Zip)), // without entries
          hex("504b0708", new Kind.Archive(Kind.Format.Zip)), // spanned
          hex("edabeedb", new Kind.Archive(Kind.Format.Rpm)),
          text("!<arch>\n", new Kind.Archive(Kind.Format.Ar)),
          text("070701", new Kind.Archive(Kind.Format.Cpio)),
          text("070702", new Kind.Archive(Kind.Format.Cpio)),
          text("070707", new Kind.Archive(Kind.Format.Cpio)),
          hex("377abcaf271c", new Kind.Unopened("7z")),
          hex("526172211a07", new Kind.Unopened("RAR")),
          text("MSCF\0\0\0\0", new Kind.Unopened("CAB")),
          text("hsqs", new Kind.Unopened("squashfs")),
          text("xar!", new Kind.Unopened("xar")),
          hex("514649fb", new Kind.Unopened("qcow2")),
          text("KDMV", new Kind.Unopened("VMDK")),
          hex("7f454c46", new Kind.Plain(true)), // ELF
          hex("feedface", new Kind.Plain(true)), // Mach-O, in its four spellings
          hex("feedfacf", new Kind.Plain(true)),
          hex("cefaedfe", new Kind.Plain(true)),
          hex("cffaedfe", new Kind.Plain(true)),
          text("MZ", new Kind.Plain(true)));

  private Recognise() {}

  /// @param head the first {@link #HEAD_BYTES}, or all there are
  static Kind of(byte[] head, String name) {
    if (isTarHeader(head)) {
      return new Kind.Archive(Kind.Format.Tar);
    }
    var text = new String(head, StandardCharsets.ISO_8859_1);
    for (var magic : MAGICS) {
      if (magic.opens(text)) {
        return magic.kind();
      }
    }
    if (head.length > 9 && head[0] == 'B' && head[1] == 'Z' && head[2] == 'h' && isBzip2(head)) {
      return new Kind.Compressed(Kind.Codec.Bzip2);
    }
    if (isSkippableZstdFrame(head)) {
      return new Kind.Compressed(Kind.Codec.Zstd);
    }
    var lower = name.toLowerCase(Locale.ROOT);
    if ((lower.endsWith(".lzma") || lower.endsWith(".tlz"))
        && head.length > 13
        && head[0] == 0x5d) {
      return new Kind.Compressed(Kind.Codec.Lzma);
    }
    return new Kind.Plain(false);
  }

  /// Trivy's jar analyzer goes by these names (`.par` too).
  static boolean isJarName(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".jar")
        || lower.endsWith(".war")
        || lower.endsWith(".ear")
        || lower.endsWith(".par");
  }

  /// Programs and scripts, which may have a zip put behind them.
  static boolean mayCarryZip(byte[] head) {
    var text = new String(head, 0, Math.min(head.length, 4), StandardCharsets.ISO_8859_1);
    return text.startsWith("#!") || text.startsWith("\u007fELF") || text.startsWith("MZ");
  }

  /// A compiled Java class: its magic number, and a version from Java 1.1 on (a fat Mach-O file
  /// shares the number and has a small count there).
  static boolean isClass(byte[] head) {
    return head.length >= 8
        && (head[0] & 0xff) == 0xca
        && (head[1] & 0xff) == 0xfe
        && (head[2] & 0xff) == 0xba
        && (head[3] & 0xff) == 0xbe
        && (((head[6] & 0xff) << 8) | (head[7] & 0xff)) >= 45;
  }

  /// The checksum rather than the `ustar` magic: the oldest tars have none. It is the sum of the
  /// header's bytes, its own field read as spaces; some old tars summed signed bytes.
  private static boolean isTarHeader(byte[] head) {
    if (head.length < HEAD_BYTES || head[0] == 0) {
      return false;
    }
    var written = new String(head, CHECKSUM_OFFSET, CHECKSUM_BYTES, StandardCharsets.ISO_8859_1);
    var digits = written.replaceAll("[ \\x00]+$", "").strip();
    if (!digits.matches("[0-7]{1,7}")) {
      return false;
    }
    int unsigned = 0;
    int signed = 0;
    for (int i = 0; i < HEAD_BYTES; i++) {
      boolean own = i >= CHECKSUM_OFFSET && i < CHECKSUM_OFFSET + CHECKSUM_BYTES;
      unsigned += own ? ' ' : head[i] & 0xff;
      signed += own ? ' ' : head[i];
    }
    int expected = Integer.parseInt(digits, 8);
    return expected == unsigned || expected == signed;
  }

  private static boolean isBzip2(byte[] head) {
    var block = HexFormat.of().formatHex(head, 4, 10);
    return block.equals("314159265359") || block.equals("177245385090");
  }

  private static boolean isSkippableZstdFrame(byte[] head) {
    return head.length >= 8
        && (head[0] & 0xf0) == 0x50
        && head[1] == 0x2a
        && head[2] == 0x4d
        && head[3] == 0x18;
  }

  private static Magic hex(String bytes, Kind kind) {
    return text(new String(HexFormat.of().parseHex(bytes), StandardCharsets.ISO_8859_1), kind);
  }

  private static Magic text(String bytes, Kind kind) {
    return new Magic(bytes, kind);
  }
}
