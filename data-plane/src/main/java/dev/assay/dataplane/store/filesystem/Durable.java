package dev.assay.dataplane.store.filesystem;

import dev.assay.dataplane.store.DiskFullException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Writes that survive a power cut, and the one place that tells a full disk from other failures.
final class Durable {
  private Durable() {}

  /// Writes a whole small file so that a reader finds the old or the new content, never a part.
  static void replace(Path temp, Path target, byte[] content) throws IOException {
    try (var channel =
        FileChannel.open(
            temp,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      writeFully(channel, ByteBuffer.wrap(content));
      channel.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(temp);
      throw translated(e);
    }
    Files.move(temp, target, StandardCopyOption.ATOMIC_MOVE);
    var parent = target.getParent();
    if (parent != null) {
      syncDirectory(parent);
    }
  }

  static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /// Makes the names in a directory durable.
  static void syncDirectory(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  static void emptyDirectory(Path directory) throws IOException {
    try (var paths = Files.walk(directory, new FileVisitOption[0])) {
      for (var path :
          paths.filter(p -> !p.equals(directory)).sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(path);
      }
    }
  }

  /// ENOSPC and EDQUOT have no type of their own in Java: the message is all there is.
  static IOException translated(IOException e) {
    var message = String.valueOf(e.getMessage());
    var full = message.contains("No space left") || message.contains("Disk quota exceeded");
    return full && !(e instanceof DiskFullException)
        ? new DiskFullException("the store's disk is full: " + message, e)
        : e;
  }
}
