package dev.assay.dataplane.store.filesystem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/// Whether large uploads may go past the page cache: the root's file system can do it, and few
/// enough do so already, for each holds two large buffers outside of the heap. Those are made once:
/// what the JDK makes to write heap buffers this way is given back by the collector alone, after
/// gigabytes.
final class DirectWrites {
  /// One write: smaller ones leave a disk idle between two of them.
  static final int BUFFER_BYTES = 1 << 20;

  /// Below, the scan that follows soon is better served from the page cache.
  private static final long FROM_BYTES = 8L << 20;

  /// 8 MiB of buffers. More uploads at a time share the disk, and go through the page cache.
  private static final int LANES = 4;

  private final boolean possible;
  private final long blockBytes;
  private final ArrayBlockingQueue<Lane> free = new ArrayBlockingQueue<>(LANES);

  private DirectWrites(Optional<OpenOption> option, long blockBytes) {
    this.possible = option.isPresent();
    this.blockBytes = blockBytes;
    option.ifPresent(direct -> {
      for (var i = 0; i < LANES; i++) {
        free.add(new Lane(direct));
      }
    });
  }

  /// Tries it with a file in the directory: a file system may refuse the option, or the write.
  static DirectWrites probe(Path directory) throws IOException {
    var block = Files.getFileStore(directory).getBlockSize();
    if (block <= 0 || BUFFER_BYTES % block != 0) {
      return new DirectWrites(Optional.empty(), block);
    }
    var file = Files.createFile(directory.resolve("probe"));
    try {
      return new DirectWrites(option().filter(direct -> written(file, direct, block)), block);
    } finally {
      Files.delete(file);
    }
  }

  /// By name: the compiler warns of each mention of the module `jdk.unsupported`, which is where
  /// the JDK documents this option, and nothing but its own flag for all classes quietens it.
  private static Optional<OpenOption> option() {
    try {
      return Optional.of(
          (OpenOption)
              Class.forName("com.sun.nio.file.ExtendedOpenOption").getField("DIRECT").get(null));
    } catch (ReflectiveOperationException e) {
      return Optional.empty();
    }
  }

  private static boolean written(Path file, OpenOption direct, long blockBytes) {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE, direct)) {
      var block = aligned(Math.toIntExact(blockBytes), Math.toIntExact(blockBytes));
      return channel.write(block, 0) == blockBytes;
    } catch (IOException | UnsupportedOperationException e) {
      return false; // whatever the reason: the page cache does it
    }
  }

  private static ByteBuffer aligned(int lengthBytes, int blockBytes) {
    return ByteBuffer.allocateDirect(lengthBytes + blockBytes)
        .alignedSlice(blockBytes)
        .limit(lengthBytes)
        .slice();
  }

  boolean possible() {
    return possible;
  }

  /// A lane for an upload of that length, or null when it goes through the page cache.
  @Nullable Lane lane(OptionalLong lengthBytes) {
    var lane = lengthBytes.orElse(0) >= FROM_BYTES ? free.poll() : null;
    return lane == null ? null : lane.withBuffers();
  }

  /// One upload's way past the page cache, with its two buffers.
  final class Lane {
    private final OpenOption option;
    private ByteBuffer one = ByteBuffer.allocate(0);
    private ByteBuffer other = ByteBuffer.allocate(0);

    private Lane(OpenOption option) {
      this.option = option;
    }

    private Lane withBuffers() {
      if (!one.isDirect()) {
        one = aligned(BUFFER_BYTES, Math.toIntExact(blockBytes));
        other = aligned(BUFFER_BYTES, Math.toIntExact(blockBytes));
      }
      return this;
    }

    OpenOption option() {
      return option;
    }

    boolean takes(long position, int lengthBytes) {
      return position % blockBytes == 0 && lengthBytes % blockBytes == 0 && lengthBytes > 0;
    }

    ByteBuffer one() {
      return one.clear();
    }

    ByteBuffer other() {
      return other.clear();
    }

    /// Call it once, when nothing reads the buffers any more.
    void giveBack() {
      free.add(this);
    }
  }
}
