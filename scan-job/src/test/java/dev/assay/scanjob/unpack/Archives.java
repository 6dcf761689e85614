package dev.assay.scanjob.unpack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Archives made for tests, hostile ones among them. Names and contents come in pairs.
final class Archives {
  interface Body {
    void write(OutputStream out) throws IOException;
  }

  /// Made when the test runs: a table of bombs would fill the heap.
  interface Maker {
    byte[] make() throws IOException;
  }

  private Archives() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] tar(Object... namesAndContents) throws IOException {
    return made(out -> {
      try (var tar = new TarArchiveOutputStream(out, "UTF-8")) {
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        for (int i = 0; i < namesAndContents.length; i += 2) {
          var content = content(namesAndContents[i + 1]);
          var entry = new TarArchiveEntry((String) namesAndContents[i], true);
          entry.setSize(content.length);
          put(tar, entry, content);
        }
      }
    });
  }

  /// @param type `TarConstants.LF_SYMLINK` and its like
  static byte[] tarWith(String name, byte type, String linkTo, Object... more) throws IOException {
    return made(out -> {
      try (var tar = new TarArchiveOutputStream(out, "UTF-8")) {
        var special = new TarArchiveEntry(name, type, true);
        special.setLinkName(linkTo);
        put(tar, special, new byte[0]);
        for (int i = 0; i < more.length; i += 2) {
          var content = content(more[i + 1]);
          var entry = new TarArchiveEntry((String) more[i], true);
          entry.setSize(content.length);
          put(tar, entry, content);
        }
      }
    });
  }

  /// GNU's way: an entry that holds the next one's name.
  static byte[] tarOfLongName(int length) throws IOException {
    return made(out -> {
      try (var tar = new TarArchiveOutputStream(out, "UTF-8")) {
        var name = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
        name.setSize(length);
        put(tar, name, bytes("x".repeat(length)));
        put(tar, new TarArchiveEntry("x"), new byte[0]);
      }
    });
  }

  static byte[] symlink(String name, String to, Object... more) throws IOException {
    return tarWith(name, TarConstants.LF_SYMLINK, to, more);
  }

  static byte[] zip(Object... namesAndContents) throws IOException {
    return made(out -> {
      try (var zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
        for (int i = 0; i < namesAndContents.length; i += 2) {
          zip.putNextEntry(new ZipEntry((String) namesAndContents[i]));
          zip.write(content(namesAndContents[i + 1]));
          zip.closeEntry();
        }
      }
    });
  }

  /// Marks every entry of a zip as encrypted, in both of its headers.
  static byte[] encrypted(byte[] zip) {
    var marked = zip.clone();
    for (int i = 0; i + 4 <= marked.length; i++) {
      boolean local = marked[i] == 'P' && marked[i + 1] == 'K' && marked[i + 2] == 3;
      boolean central = marked[i] == 'P' && marked[i + 1] == 'K' && marked[i + 2] == 1;
      if (local || central) {
        marked[i + (local ? 6 : 8)] |= 1;
      }
    }
    return marked;
  }

  static byte[] gzip(byte[] content) throws IOException {
    return made(out -> {
      try (var gzip = new GZIPOutputStream(out)) {
        gzip.write(content);
      }
    });
  }

  /// A gzip of zeros, made in pieces: a bomb.
  static byte[] gzipOfZeros(long count) throws IOException {
    var megabyte = new byte[1 << 20];
    return made(out -> {
      try (var gzip = new GZIPOutputStream(out, 1 << 16)) {
        for (long left = count; left > 0; left -= megabyte.length) {
          gzip.write(megabyte, 0, (int) Math.min(left, megabyte.length));
        }
      }
    });
  }

  static byte[] made(Body body) throws IOException {
    var out = new ByteArrayOutputStream();
    body.write(out);
    return out.toByteArray();
  }

  static byte[] joined(byte[] one, byte[] other) throws IOException {
    return made(out -> {
      out.write(one);
      out.write(other);
    });
  }

  private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry, byte[] content)
      throws IOException {
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private static byte[] content(Object content) {
    return content instanceof byte[] bytes ? bytes : bytes((String) content);
  }
}
