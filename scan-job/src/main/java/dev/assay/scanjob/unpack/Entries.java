package dev.assay.scanjob.unpack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Function;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
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
  private final Disk disk = new Disk();

  Entries(Budget budget) {
    this.budget = budget;
  }

  void tar(InputStream in, Taker taker) throws IOException, Breach {
    var guarded = new GuardedHeaders(in);
    // Blocks of one record, or the reader swallows up to 10 KiB behind the archive's end unseen.
    var tar = new TarArchiveInputStream(guarded, TAR_RECORD, TAR_RECORD, "UTF-8");
    each(tar, guarded, Entries::what, taker);
    nothingFollows(in);
  }

  void cpio(InputStream in, Taker taker) throws IOException, Breach {
    var guarded = new GuardedHeaders(in);
    each(new CpioArchiveInputStream(guarded), guarded, Entries::what, taker);
  }

  void ar(InputStream in, Taker taker) throws IOException, Breach {
    var guarded = new GuardedHeaders(in);
    each(new ArArchiveInputStream(guarded), guarded, entry -> What.File, taker);
  }

  private <E extends ArchiveEntry> void each(
      ArchiveInputStream<E> archive, GuardedHeaders guarded, Function<E, What> kind, Taker taker)
      throws IOException, Breach {
    for (var e = guarded.header(archive::getNextEntry);
        e != null;
        e = guarded.header(archive::getNextEntry)) {
      // GNU's ar ends names with a slash, and the table of a static library's symbols is one.
      var name =
          archive instanceof ArArchiveInputStream ? e.getName().replaceAll("/+$", "") : e.getName();
      seen(name);
      switch (kind.apply(e)) {
        case File -> taker.take(name, archive);
        case Link -> budget.link();
        case Device -> budget.device();
        case Directory -> {}
      }
      disk.discard(archive, budget); // a link or device that has content after all
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

  /// What an entry is; of an unknown type it is a file (POSIX says so for tar).
  private enum What {
    File,
    Link,
    Device,
    Directory
  }

  private static What what(TarArchiveEntry entry) {
    if (entry.isSymbolicLink() || entry.isLink()) {
      return What.Link;
    }
    if (entry.isBlockDevice() || entry.isCharacterDevice() || entry.isFIFO()) {
      return What.Device;
    }
    return entry.isDirectory() ? What.Directory : What.File;
  }

  private static What what(CpioArchiveEntry entry) {
    if (entry.isSymbolicLink()) {
      return What.Link;
    }
    if (entry.isBlockDevice() || entry.isCharacterDevice() || entry.isPipe() || entry.isSocket()) {
      return What.Device;
    }
    return entry.isDirectory() ? What.Directory : What.File;
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
