package dev.assay.dataplane.store.filesystem;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// A blob's file while it is written, from its beginning to its end. Whole blocks may go past the
/// page cache, which costs the kernel a fraction of the work (docs/adr/0003-store-layout.md has the
/// figures) and pushes nobody's pages out; the rest, and what stands behind the content, goes
/// through it.
final class BlobFile implements Closeable {
  private final DirectWrites.@Nullable Lane lane;
  private final FileChannel cached;
  private final @Nullable FileChannel direct;
  private long position;

  private BlobFile(
      DirectWrites.@Nullable Lane lane, FileChannel cached, @Nullable FileChannel direct) {
    this.lane = lane;
    this.cached = cached;
    this.direct = direct;
  }

  /// @param lane past the page cache, if not null
  static BlobFile create(Path path, DirectWrites.@Nullable Lane lane) throws IOException {
    FileChannel cached = null;
    try {
      cached = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      var direct =
          lane == null ? null : FileChannel.open(path, StandardOpenOption.WRITE, lane.option());
      return new BlobFile(lane, cached, direct);
    } catch (IOException e) {
      try (var _ = cached) {
        throw Durable.translated(e);
      }
    }
  }

  void append(ByteBuffer bytes) throws IOException {
    try {
      if (lane != null && direct != null && lane.takes(position, bytes.remaining())) {
        write(direct, bytes);
      } else {
        write(cached, bytes);
      }
    } catch (IOException e) {
      throw Durable.translated(e);
    }
  }

  private void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      position += channel.write(bytes, position);
    }
  }

  /// All that was appended, by either way, survives a power cut.
  void force() throws IOException {
    try {
      cached.force(false);
    } catch (IOException e) {
      throw Durable.translated(e);
    }
  }

  @Override
  public void close() throws IOException {
    try (var _ = direct) {
      cached.close();
    }
  }
}
