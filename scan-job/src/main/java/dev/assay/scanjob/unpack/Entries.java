package dev.assay.scanjob.unpack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.cpio.CpioArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// Walks the entries of an archive: regular files go to a taker, links and devices are counted and
/// never made, every name is checked.
final class Entries {
  interface Taker {
    /// @param name as the archive has it, checked already
    void take(String name, InputStream content) throws IOException, Breach;
  }

  private static final int TAR_RECORD = 512;

  private final Budget budget;

  Entries(Budget budget) {
    this.budget = budget;
  }

  void tar(InputStream in, Taker taker) throws IOException, Breach {
    // Blocks of one record, or the reader swallows up to 10 KiB behind the archive's end unseen.
    var tar = new TarArchiveInputStream(in, TAR_RECORD, TAR_RECORD, "UTF-8");
    for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      seen(entry.getName());
      if (entry.isSymbolicLink() || entry.isLink()) {
        budget.link();
      } else if (isDevice(entry)) {
        budget.device();
      } else if (!entry.isDirectory()) {
        taker.take(entry.getName(), tar);
      }
    }
    nothingFollows(in);
  }

  void cpio(InputStream in, Taker taker) throws IOException, Breach {
    var cpio = new CpioArchiveInputStream(in);
    for (var entry = cpio.getNextEntry(); entry != null; entry = cpio.getNextEntry()) {
      seen(entry.getName());
      if (entry.isSymbolicLink()) {
        budget.link();
      } else if (entry.isRegularFile()) {
        taker.take(entry.getName(), cpio);
      } else if (!entry.isDirectory()) {
        budget.device();
      }
    }
  }

  void ar(InputStream in, Taker taker) throws IOException, Breach {
    var ar = new ArArchiveInputStream(in);
    for (var entry = ar.getNextEntry(); entry != null; entry = ar.getNextEntry()) {
      // Static libraries name their symbol table "/" and GNU ends names with "/".
      var name = entry.getName().replaceAll("/+$", "");
      seen(name);
      if (!name.isEmpty()) {
        taker.take(name, ar);
      }
    }
  }

  void zip(Path file, Taker taker) throws IOException, Breach {
    try (var zip = ZipDirectory.open(file)) {
      var cursor = zip.entries();
      for (var item = cursor.next(); item != null; item = cursor.next()) {
        seen(item.name());
        if (item.isEncrypted()) {
          throw new Breach("Encrypted", "the zip holds an encrypted entry, which cannot be read");
        }
        if (item.isLink()) {
          budget.link();
        } else if (item.isDevice()) {
          budget.device();
        } else if (!item.isDirectory()) {
          try (var content = item.decode(zip.raw(item))) {
            taker.take(item.name(), content);
          }
        }
      }
    }
  }

  /// Whether a zip calls itself a jar, whatever its name.
  static boolean hasManifest(Path file) throws IOException {
    try (var zip = ZipDirectory.open(file)) {
      var cursor = zip.entries();
      for (var item = cursor.next(); item != null; item = cursor.next()) {
        if (item.name().equals("META-INF/MANIFEST.MF")
            || item.name().startsWith("META-INF/maven/")) {
          return true;
        }
      }
      return false;
    }
  }

  private void seen(String name) throws Breach {
    budget.entry();
    SafePath.of(name); // links and directories escape by their names too
  }

  private static boolean isDevice(TarArchiveEntry entry) {
    return entry.isBlockDevice() || entry.isCharacterDevice() || entry.isFIFO();
  }

  /// A tar ends with zeros. Another archive behind them is read by some unpackers and not by
  /// others, so it may not be there.
  private static void nothingFollows(InputStream in) throws IOException, Breach {
    var bytes = new byte[8192];
    for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
      for (int i = 0; i < n; i++) {
        if (bytes[i] != 0) {
          throw new Breach("TrailingData", "there is data behind the end of the tar archive");
        }
      }
    }
  }
}
