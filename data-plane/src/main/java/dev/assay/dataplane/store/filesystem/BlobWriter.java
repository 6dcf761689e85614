package dev.assay.dataplane.store.filesystem;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Future;

/// A blob on its way: a temporary file until it is published. While one buffer is digested by other
/// threads the next is filled and written, so that an upload runs at the pace of the slowest of the
/// network, SHA-256 and the disk, not of their sum.
final class BlobWriter implements Closeable {
  /// Two of them are the memory of a large upload, one (of its size) that of a small one.
  static final int BUFFER_BYTES = 256 << 10;

  /// Room on the disk is looked at once for so many bytes.
  private static final long ROOM_STEP_BYTES = 16L << 20;

  private final Root root;
  private final Hashing hashing;
  private final List<MessageDigest> digests;
  private final Path temp;
  private final FileChannel channel;
  private byte[] filling;
  private byte[] spare = {};
  private int filled;
  private List<Future<?>> digesting = List.of();
  private long writtenBytes;
  private long roomUntilBytes;
  private boolean published;

  BlobWriter(
      Root root, Hashing hashing, List<MessageDigest> digests, String id, OptionalLong length)
      throws IOException {
    root.requireRoom(length.orElse(0));
    this.root = root;
    this.hashing = hashing;
    this.digests = digests;
    this.temp = root.temp(id);
    this.filling = new byte[Math.clamp(length.orElse(BUFFER_BYTES), 1, BUFFER_BYTES)];
    try {
      this.channel =
          FileChannel.open(temp, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw Durable.translated(e);
    }
  }

  void write(ByteBuffer chunk) throws IOException {
    while (chunk.hasRemaining()) {
      if (filled == filling.length) {
        flush();
      }
      var count = Math.min(chunk.remaining(), filling.length - filled);
      chunk.get(filling, filled, count);
      filled += count;
    }
  }

  private void flush() throws IOException {
    Hashing.await(digesting);
    digesting = hashing.start(digests, filling, filled);
    toDisk();
    if (spare.length == 0) {
      spare = new byte[BUFFER_BYTES];
    }
    var next = spare;
    spare = filling;
    filling = next;
    filled = 0;
  }

  private void toDisk() throws IOException {
    if (writtenBytes + filled > roomUntilBytes) {
      root.requireRoom(ROOM_STEP_BYTES / 16);
      roomUntilBytes = writtenBytes + ROOM_STEP_BYTES;
    }
    try {
      Durable.writeFully(channel, ByteBuffer.wrap(filling, 0, filled));
    } catch (IOException e) {
      throw Durable.translated(e);
    }
    writtenBytes += filled;
  }

  /// All bytes are with the kernel and in the digests; more may be appended, undigested.
  void finish() throws IOException {
    Hashing.await(digesting);
    digesting = List.of();
    // What is left fits a buffer: digested here, a small object never changes threads.
    for (var digest : digests) {
      digest.update(filling, 0, filled);
    }
    toDisk();
    filled = 0;
  }

  /// Appends bytes that are not part of the content.
  void append(byte[] bytes) throws IOException {
    try {
      Durable.writeFully(channel, ByteBuffer.wrap(bytes));
    } catch (IOException e) {
      throw Durable.translated(e);
    }
  }

  /// Makes the bytes durable and gives them their name; the name is durable once the directory is.
  void publish(String blob) throws IOException {
    try {
      channel.force(false);
      channel.close();
    } catch (IOException e) {
      throw Durable.translated(e);
    }
    Files.move(temp, root.blob(blob), StandardCopyOption.ATOMIC_MOVE);
    published = true;
  }

  Path temp() {
    return temp;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (!published) {
      Files.deleteIfExists(temp);
    }
  }
}
