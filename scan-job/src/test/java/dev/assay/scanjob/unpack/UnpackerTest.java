package dev.assay.scanjob.unpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.luben.zstd.Zstd;
import dev.assay.scanjob.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnpackerTest {
  /// 100 MB, 50 entries, 5 deep, 100-fold.
  private static final Limits LIMITS = new Limits(100_000_000, 50, 5, 100);

  @TempDir Path directory;

  record Opened(String name, String fileName, Archives.Maker bytes, List<String> files) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Opened> opened() throws IOException {
    var tar = Archives.tar("etc/a.conf", "x", "b", "y");
    var jar = Archives.zip("META-INF/MANIFEST.MF", "m", "a.properties", "k", "A.class", "not one");
    return Stream.of(
        of(
            "a single file",
            "package-lock.json",
            () -> Archives.bytes("{}"),
            "tree/package-lock.json"),
        of("a file name with a path", "../../x", () -> Archives.bytes("x"), "tree/x"),
        of("tar", "a.tar", () -> tar, "tree/b", "tree/etc/a.conf"),
        of("tar.gz", "a.tgz", () -> Archives.gzip(tar), "tree/b", "tree/etc/a.conf"),
        of("tar.gz in two members", "a.tgz", () -> twoMembers(tar), "tree/b", "tree/etc/a.conf"),
        of("tar.zst", "a.tar.zst", () -> Zstd.compress(tar), "tree/b", "tree/etc/a.conf"),
        of("tar.xz", "a.tar.xz", () -> xz(tar), "tree/b", "tree/etc/a.conf"),
        of("tar.bz2", "a.tar.bz2", () -> bzip2(tar), "tree/b", "tree/etc/a.conf"),
        of(
            "a compressed single file",
            "agent.log.gz",
            () -> Archives.gzip(Archives.bytes("x")),
            "tree/agent.log"),
        of("zip", "a.zip", () -> Archives.zip("b/c", "x", "d/", ""), "tree/b/c"),
        of(
            "a zip behind a launcher script",
            "run",
            () -> Archives.joined(Archives.bytes("#!/bin/sh\nexit\n"), Archives.zip("b", "x")),
            "tree/b",
            "tree/run"),
        of("cpio", "a.cpio", () -> cpio("usr/bin/x", "x"), "tree/usr/bin/x"),
        of(
            "a static library or deb",
            "a.deb",
            () -> ar("control.tar", tar),
            "tree/control.tar!/b",
            "tree/control.tar!/etc/a.conf"),
        of("rpm", "a.rpm", () -> rpm(Archives.gzip(cpio("./usr/x", "x"))), "tree/usr/x"),
        of(
            "a zip in a tar.gz",
            "a.tgz",
            () -> Archives.gzip(Archives.tar("in.zip", Archives.zip("x", "y"))),
            "tree/in.zip!/x"),
        of(
            "a jar is kept and its inside goes to the secret scanner",
            "app.jar",
            () -> jar,
            "inside/app.jar!/A.class",
            "inside/app.jar!/META-INF/MANIFEST.MF",
            "inside/app.jar!/a.properties",
            "tree/app.jar"),
        of(
            "a jar under another name is a jar and a zip",
            "app.bin",
            () -> jar,
            "inside/app.bin!/A.class",
            "inside/app.bin!/META-INF/MANIFEST.MF",
            "inside/app.bin!/a.properties",
            "tree/A.class",
            "tree/META-INF/MANIFEST.MF",
            "tree/a.properties",
            "tree/app.bin.jar"),
        of(
            "a jar in a jar is left to Trivy",
            "app.jar",
            () ->
                Archives.zip("META-INF/MANIFEST.MF", "m", "lib/b.jar", Archives.zip("k.pem", "k")),
            "inside/app.jar!/META-INF/MANIFEST.MF",
            "inside/app.jar!/lib/b.jar!/k.pem",
            "tree/app.jar"),
        of(
            "the second file of a path",
            "a.tar",
            () -> Archives.tar("a", "1", "a", "2"),
            "tree/a",
            "tree/~2/a"),
        of(
            "a file where a directory is needed",
            "a.tar",
            () -> Archives.tar("a", "1", "a/b", "2"),
            "tree/a",
            "tree/~2/a/b"),
        of("links are not made", "a.tar", () -> Archives.symlink("x", "/etc", "b", "1"), "tree/b"),
        of(
            "a file through a link stays below the root",
            "a.tar",
            () -> Archives.symlink("x", "/tmp", "x/passwd", "1"),
            "tree/x/passwd"),
        of(
            "devices are skipped",
            "a.tar",
            () -> Archives.tarWith("null", TarConstants.LF_CHR, "", "b", "1"),
            "tree/b"),
        of("an empty tar", "a.tar", () -> Archives.tar("d/", "")));
  }

  @ParameterizedTest
  @MethodSource("opened")
  void opens(Opened c) throws Exception {
    var unpacker = unpack(c.bytes().make(), c.fileName(), LIMITS);

    assertThat(files()).containsExactlyElementsOf(c.files());
    assertThat(unpacker.images()).isEmpty();
  }

  record Refused(String name, Archives.Maker bytes, String reason) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Refused> refused() throws IOException {
    var tar = Archives.tar("a", "x");
    var bomb = Archives.gzipOfZeros(70L << 20);
    return Stream.of(
        new Refused("a gzip bomb", () -> bomb, "CompressionBomb"),
        new Refused("a zip bomb", () -> Archives.zip("a", new byte[70 << 20]), "CompressionBomb"),
        new Refused("a gzip bomb within a gzip", () -> Archives.gzip(bomb), "CompressionBomb"),
        new Refused(
            "a bomb in a jar, in class files",
            () -> Archives.zip("META-INF/MANIFEST.MF", "", "A.class", classOf(70 << 20)),
            "CompressionBomb"),
        new Refused(
            "a tar bomb of zeros behind its end",
            () -> Archives.gzip(zeros(tar, 150 << 20)),
            "CompressionBomb"),
        new Refused(
            "a name longer than any disk holds",
            () -> Archives.gzip(Archives.tarOfLongName(2 << 20)),
            "HeaderTooLarge"),
        new Refused("more entries than allowed", () -> many(51), "TooManyFiles"),
        new Refused("archives too deep in archives", () -> nested(6), "NestedTooDeep"),
        new Refused(
            "a tar that leads upward", () -> Archives.tar("../../etc/passwd", "x"), "PathEscape"),
        new Refused(
            "a zip that leads upward", () -> Archives.zip("../../etc/passwd", "x"), "PathEscape"),
        new Refused("an absolute path", () -> Archives.tar("/etc/passwd", "x"), "PathEscape"),
        new Refused("a Windows drive", () -> Archives.zip("C:\\x", "x"), "PathEscape"),
        new Refused("NUL in a name", () -> Archives.zip("a\0b", "x"), "PathEscape"),
        new Refused(
            "a link that leads upward by its own name",
            () -> Archives.symlink("../x", "y"),
            "PathEscape"),
        new Refused(
            "an encrypted zip", () -> Archives.encrypted(Archives.zip("a", "x")), "Encrypted"),
        new Refused(
            "an encrypted zip in a tar",
            () -> Archives.tar("b.zip", Archives.encrypted(Archives.zip("a", "x"))),
            "Encrypted"),
        new Refused(
            "a 7z",
            () ->
                Archives.joined(
                    new byte[] {0x37, 0x7a, (byte) 0xbc, (byte) 0xaf, 0x27, 0x1c}, new byte[100]),
            "UnsupportedFormat"),
        new Refused(
            "a gzip cut short", () -> Arrays.copyOf(Archives.gzip(tar), 60), "ArchiveDamaged"),
        new Refused(
            "a tar cut short",
            () -> Arrays.copyOf(Archives.tar("a", new byte[5000]), 3000),
            "ArchiveDamaged"),
        new Refused(
            "a zip without its directory",
            () -> Arrays.copyOf(Archives.zip("a", "x"), 40),
            "ArchiveDamaged"),
        new Refused(
            "a gzip with something behind it",
            () -> Archives.joined(Archives.gzip(tar), Archives.bytes("more")),
            "ArchiveDamaged"),
        new Refused(
            "a tar with a tar behind its end", () -> Archives.joined(tar, tar), "TrailingData"),
        new Refused(
            "an rpm of nothing",
            () ->
                Archives.joined(
                    new byte[] {(byte) 0xed, (byte) 0xab, (byte) 0xee, (byte) 0xdb}, new byte[200]),
            "ArchiveDamaged"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void saysWhyBytesAreUnscannable(Refused c) {
    assertThatExceptionOfType(Breach.class)
        .isThrownBy(() -> unpack(c.bytes().make(), "artifact", LIMITS))
        .satisfies(b -> assertThat(b.unscannable().reason()).isEqualTo(c.reason()))
        .satisfies(b -> assertThat(b.unscannable().message()).doesNotContain("passwd"));
    assertThat(directory.resolve("etc")).doesNotExist();
  }

  @Test
  void theLimitOfBytesIsHeldToTheByte() throws Exception {
    var tar = Archives.tar("a", new byte[1000]);

    unpack(tar, "a.tar", new Limits(1000, 50, 5, 100));

    assertThatExceptionOfType(Breach.class)
        .isThrownBy(() -> unpack(tar, "a.tar", new Limits(999, 50, 5, 100)))
        .satisfies(b -> assertThat(b.unscannable().reason()).isEqualTo("ArchiveTooLarge"));
  }

  @Test
  void theLimitsOfEntriesAndDepthAreAllowed() throws Exception {
    unpack(many(50), "a.tar", LIMITS);
    unpack(nested(5), "a.tar", LIMITS);
  }

  @Test
  void everyCutOfAnArchiveIsARefusalAndNotABug() throws Exception {
    var whole = Archives.gzip(Archives.tar("in.zip", Archives.zip("x", "y"), "b", "z"));
    for (int length = 0; length < whole.length; length++) {
      try {
        unpack(Arrays.copyOf(whole, length), "a.tgz", LIMITS);
      } catch (Breach expected) {
        assertThat(expected.unscannable().message()).isNotEmpty();
      }
    }
  }

  @Test
  void programsAreExecutableForTrivysBinaryAnalyzers() throws Exception {
    unpack(Archives.tar("bin/agent", "\u007fELF\u0002", "b", "x"), "a.tar", LIMITS);

    assertThat(directory.resolve("input/tree/bin/agent")).isExecutable();
    assertThat(Files.getPosixFilePermissions(directory.resolve("input/tree/b")).toString())
        .doesNotContain("EXECUTE");
  }

  @Test
  void countsWhatItDidNotMake() throws Exception {
    var unpacker = unpack(Archives.symlink("x", "/etc", "b", "123"), "a.tar", LIMITS);

    assertThat(unpacker.statistics()).isEqualTo(new Plan.Statistics(3, 1, 1, 0));
  }

  private Unpacker unpack(byte[] bytes, String name, Limits limits) throws IOException, Breach {
    var input = directory.resolve("input");
    dev.assay.scanjob.Scratch.delete(input);
    Files.createDirectories(input);
    var artifact = Files.write(input.resolve("artifact"), bytes);
    var unpacker = new Unpacker(input, limits, bytes.length);
    unpacker.unpack(artifact, name);
    return unpacker;
  }

  private List<String> files() throws IOException {
    var input = directory.resolve("input");
    try (var walk = Files.walk(input)) {
      return walk.filter(file -> !Files.isDirectory(file))
          .map(file -> input.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static Opened of(String name, String fileName, Archives.Maker bytes, String... files) {
    return new Opened(name, fileName, bytes, List.of(files));
  }

  private static byte[] many(int count) throws IOException {
    var entries = new Object[count * 2];
    for (int i = 0; i < count; i++) {
      entries[2 * i] = "f" + i;
      entries[2 * i + 1] = "";
    }
    return Archives.tar(entries);
  }

  private static byte[] nested(int depth) throws IOException {
    var bytes = Archives.tar("innermost", "x");
    for (int i = 1; i < depth; i++) {
      bytes = Archives.tar("inner", bytes);
    }
    return bytes;
  }

  private static byte[] zeros(byte[] before, int count) throws IOException {
    return Archives.joined(before, new byte[count]);
  }

  private static byte[] classOf(int size) {
    var bytes = new byte[size];
    System.arraycopy(
        new byte[] {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0, 0, 65},
        0,
        bytes,
        0,
        8);
    return bytes;
  }

  private static byte[] twoMembers(byte[] tar) throws IOException {
    return Archives.joined(
        Archives.gzip(Arrays.copyOf(tar, 700)),
        Archives.gzip(Arrays.copyOfRange(tar, 700, tar.length)));
  }

  private static byte[] xz(byte[] bytes) throws IOException {
    return Archives.made(out -> {
      try (var xz = new XZCompressorOutputStream(out)) {
        xz.write(bytes);
      }
    });
  }

  private static byte[] bzip2(byte[] bytes) throws IOException {
    return Archives.made(out -> {
      try (var bzip2 = new BZip2CompressorOutputStream(out)) {
        bzip2.write(bytes);
      }
    });
  }

  private static byte[] cpio(String name, String content) throws IOException {
    return Archives.made(out -> {
      try (var cpio = new CpioArchiveOutputStream(out)) {
        var entry = new CpioArchiveEntry(name, content.length());
        entry.setMode(0100644);
        cpio.putArchiveEntry(entry);
        cpio.write(Archives.bytes(content));
        cpio.closeArchiveEntry();
      }
    });
  }

  private static byte[] ar(String name, byte[] content) throws IOException {
    return Archives.made(out -> {
      try (var ar = new ArArchiveOutputStream(out)) {
        ar.putArchiveEntry(new ArArchiveEntry(name, content.length));
        ar.write(content);
        ar.closeArchiveEntry();
      }
    });
  }

  /// A lead, a signature header with one byte of store (so that it is padded), a main header.
  private static byte[] rpm(byte[] payload) throws IOException {
    var lead = new byte[96];
    System.arraycopy(
        new byte[] {(byte) 0xed, (byte) 0xab, (byte) 0xee, (byte) 0xdb}, 0, lead, 0, 4);
    return Archives.made(out -> {
      out.write(lead);
      out.write(rpmHeader(1, 1));
      out.write(new byte[16 + 1 + 7]); // one index entry, the store, the padding
      out.write(rpmHeader(2, 5));
      out.write(new byte[32 + 5]);
      out.write(payload);
    });
  }

  private static byte[] rpmHeader(int entries, int store) {
    return new byte[] {
      (byte) 0x8e,
      (byte) 0xad,
      (byte) 0xe8,
      1,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      (byte) entries,
      0,
      0,
      0,
      (byte) store
    };
  }
}
