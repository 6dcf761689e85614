package dev.assay.scanjob.unpack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.scanjob.unpack.Kind.Codec;
import dev.assay.scanjob.unpack.Kind.Format;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecogniseTest {
  private static final Kind PLAIN = new Kind.Plain(false);

  record Case(String name, ByteBuffer head, String fileName, Kind kind) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() throws IOException {
    var oldTar = Archives.tar("a", "b");
    Arrays.fill(oldTar, 257, 265, (byte) 0); // without the ustar magic, as in 1979
    checksum(oldTar);
    return Stream.of(
        c("gzip", hex("1f8b08"), compressed(Codec.Gzip)),
        c("zstd", hex("28b52ffd"), compressed(Codec.Zstd)),
        c("zstd behind a skippable frame", hex("512a4d180400000000000000"), compressed(Codec.Zstd)),
        c("xz", hex("fd377a585a00"), compressed(Codec.Xz)),
        c("bzip2", hex("425a6839314159265359"), compressed(Codec.Bzip2)),
        c("bzip2 of nothing", hex("425a6839177245385090"), compressed(Codec.Bzip2)),
        c("lz4", hex("04224d18"), compressed(Codec.Lz4)),
        c("compress", hex("1f9d90"), compressed(Codec.UnixCompress)),
        named(
            "lzma by its name",
            "a.tar.lzma",
            hex("5d000080000000000000000000000000"),
            compressed(Codec.Lzma)),
        named(
            "the same under another name", "a.bin", hex("5d000080000000000000000000000000"), PLAIN),
        c("zip", Archives.zip("a", "b"), archive(Format.Zip)),
        c("an empty zip", Archives.zip(), archive(Format.Zip)),
        c("tar", Archives.tar("a", "b"), archive(Format.Tar)),
        c("a tar from before ustar", oldTar, archive(Format.Tar)),
        c("a tar cut within its header", Arrays.copyOf(Archives.tar("a", "b"), 511), PLAIN),
        named(
            "a tar under the name of a picture",
            "cat.png",
            Archives.tar("a", "b"),
            archive(Format.Tar)),
        named("text under the name of a tar", "a.tar.gz", Archives.bytes("hello"), PLAIN),
        c("cpio", Archives.bytes("070701"), archive(Format.Cpio)),
        c("deb and static library", Archives.bytes("!<arch>\n"), archive(Format.Ar)),
        c("rpm", hex("edabeedb0300"), archive(Format.Rpm)),
        c("7z", hex("377abcaf271c"), new Kind.Unopened("7z")),
        c("rar", Archives.bytes("Rar!\u001a\u0007\u0001"), new Kind.Unopened("RAR")),
        c("squashfs", Archives.bytes("hsqs"), new Kind.Unopened("squashfs")),
        c("ELF", hex("7f454c4602"), new Kind.Plain(true)),
        c("Windows program", Archives.bytes("MZ\u0090"), new Kind.Plain(true)),
        c("text", Archives.bytes("{}"), PLAIN),
        c("512 zeros", new byte[512], PLAIN),
        c("nothing", new byte[0], PLAIN));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void saysWhatBytesAre(Case c) {
    var head = Arrays.copyOf(c.head().array(), Math.min(c.head().limit(), Recognise.HEAD_BYTES));

    assertThat(Recognise.of(head, c.fileName())).isEqualTo(c.kind());
  }

  @Test
  void aFatMachOFileIsNoClass() {
    assertThat(Recognise.isClass(hex("cafebabe00000041"))).isTrue();
    assertThat(Recognise.isClass(hex("cafebabe00000002"))).isFalse();
    assertThat(Recognise.isClass(Archives.bytes("-----BEGIN"))).isFalse();
  }

  private static void checksum(byte[] header) {
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += header[i] & 0xff;
    }
    var octal = "%06o\0 ".formatted(sum);
    System.arraycopy(Archives.bytes(octal), 0, header, 148, 8);
  }

  private static Kind compressed(Codec codec) {
    return new Kind.Compressed(codec);
  }

  private static Kind archive(Format format) {
    return new Kind.Archive(format);
  }

  private static Case c(String name, byte[] head, Kind kind) {
    return named(name, "file", head, kind);
  }

  private static Case named(String name, String fileName, byte[] head, Kind kind) {
    return new Case(name, ByteBuffer.wrap(head), fileName, kind);
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
