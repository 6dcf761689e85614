package dev.assay.scanjob.unpack;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// Our own disk. Its errors are `UncheckedIOException`, so that they are never taken for a damaged
/// archive, whose errors are plain `IOException`.
final class Disk {
  private static final int COPY_BYTES = 1 << 16;

  /// A path that occurs twice in an archive is kept twice, or the scanner sees another file than
  /// the user's unpacker leaves; more often than this is an attack on the file system.
  private static final int MAX_SAME_PATH = 100;

  private static final int ZIP_END_BYTES = 22;

  private final byte[] buffer = new byte[COPY_BYTES];

  interface Action<T> {
    T run() throws IOException;
  }

  static <T> T does(Action<T> action) {
    try {
      return action.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static InputStream read(Path file) {
    return does(() -> new BufferedInputStream(Files.newInputStream(file), COPY_BYTES));
  }

  static byte[] head(Path file) {
    return does(() -> {
      try (var in = Files.newInputStream(file)) {
        return in.readNBytes(Recognise.HEAD_BYTES);
      }
    });
  }

  /// Whether the last bytes are a zip's end record, one without a comment.
  static boolean endsAsZip(Path file) {
    return does(() -> {
      try (var channel = Files.newByteChannel(file)) {
        var end = ByteBuffer.allocate(ZIP_END_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        if (channel.size() < ZIP_END_BYTES) {
          return false;
        }
        channel.position(channel.size() - ZIP_END_BYTES);
        while (end.hasRemaining() && channel.read(end) >= 0) {
          // reads until it is full
        }
        return !end.hasRemaining() && end.getInt(0) == ZipDirectory.END;
      }
    });
  }

  /// Finds a free place for a path below a root and makes its directories. The second file of a
  /// path goes below `~2`, so that its name, which says what it is, stays.
  static Path claim(Path root, List<String> parts) throws Breach {
    for (int turn = 1; turn <= MAX_SAME_PATH; turn++) {
      var path = turn == 1 ? root : root.resolve("~" + turn);
      for (var part : parts) {
        path = path.resolve(part);
      }
      if (makeParents(path) && !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        return path;
      }
    }
    throw new Breach(
        "DuplicatePaths", "the archive holds more than " + MAX_SAME_PATH + " files of one path");
  }

  private static boolean makeParents(Path path) {
    return does(() -> {
      try {
        Files.createDirectories(parentOf(path));
        return true;
      } catch (FileAlreadyExistsException e) {
        return false; // a file lies where this path has a directory
      }
    });
  }

  static Path parentOf(Path path) {
    var parent = path.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("a claimed path lies in a directory");
    }
    return parent;
  }

  /// Writes a new file of a head that was read already and the rest of a stream.
  void write(byte[] head, InputStream rest, Path target, Budget budget) throws IOException, Breach {
    try (var out = does(() -> Files.newOutputStream(target, StandardOpenOption.CREATE_NEW))) {
      budget.spend(head.length);
      append(out, head, head.length);
      for (int n = rest.read(buffer); n >= 0; n = rest.read(buffer)) {
        budget.spend(n);
        append(out, buffer, n);
      }
    }
    budget.file();
  }

  /// Reads to the end, counting as if it were written.
  void discard(InputStream rest, Budget budget) throws IOException, Breach {
    for (int n = rest.read(buffer); n >= 0; n = rest.read(buffer)) {
      budget.spend(n);
    }
  }

  static void makeExecutable(Path file) {
    does(() -> Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x")));
  }

  private static void append(OutputStream out, byte[] bytes, int length) {
    does(() -> {
      out.write(bytes, 0, length);
      return length;
    });
  }
}
