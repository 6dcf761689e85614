package dev.assay.dataplane.store.filesystem;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// A blob on its way: a temporary file until it is published. While one buffer is digested and
/// written by other threads the next is filled, so that an upload runs at the pace of the slowest
/// of the network, SHA-256 and the disk, not of their sum.
final class BlobWriter implements Closeable {
  /// Two of them are the memory of a large upload, one (of its size) that of a small one.
  static final int BUFFER_BYTES = 256 << 10;

  /// Room on the disk is looked at once for so many bytes.
  private static final long ROOM_STEP_BYTES = 16L << 20;

  private final Root root;
  private final Hashing hashing;
  private final List<MessageDigest> digests;
  private final Path temp;
  private final DirectWrites.@Nullable Lane lane;
  private final BlobFile file;
  private ByteBuffer filling;
  private @Nullable ByteBuffer spare;
  private List<Future<?>> working = List.of();
  private long writtenBytes;
  private long roomUntilBytes;
  private boolean published;
  private boolean closed;

  BlobWriter(
      Root root, Hashing hashing, List<MessageDigest> digests, String id, OptionalLong length)
      throws IOException {
    root.requireRoom(length.orElse(0));
    this.root = root;
    this.hashing = hashing;
    this.digests = digests;
    this.temp = root.temp(id);
    this.lane = root.directWrites().lane(length);
    this.filling =
        lane == null
            ? ByteBuffer.allocate(Math.clamp(length.orElse(BUFFER_BYTES), 1, BUFFER_BYTES))
            : lane.one();
    try {
      this.file = BlobFile.create(temp, lane);
    } catch (IOException e) {
      if (lane != null) {
        lane.giveBack();
      }
      throw e;
    }
  }

  void write(ByteBuffer chunk) throws IOException {
    while (chunk.hasRemaining()) {
      if (!filling.hasRemaining()) {
        flush();
      }
      var count = Math.min(chunk.remaining(), filling.remaining());
      filling.put(filling.position(), chunk, chunk.position(), count);
      filling.position(filling.position() + count);
      chunk.position(chunk.position() + count);
    }
  }

  private void flush() throws IOException {
    Hashing.await(working);
    filling.flip();
    requireRoom();
    working = hashing.start(digests, filling, file);
    var next = spare == null ? another() : spare.clear();
    spare = filling;
    filling = next;
  }

  private ByteBuffer another() {
    return lane == null ? ByteBuffer.allocate(BUFFER_BYTES) : lane.other();
  }

  private void requireRoom() throws IOException {
    if (writtenBytes + filling.remaining() > roomUntilBytes) {
      root.requireRoom(ROOM_STEP_BYTES / 16);
      roomUntilBytes = writtenBytes + ROOM_STEP_BYTES;
    }
    writtenBytes += filling.remaining();
  }

  /// All bytes are with the kernel and in the digests; more may be appended, undigested.
  void finish() throws IOException {
    Hashing.await(working);
    working = List.of();
    filling.flip();
    requireRoom();
    // What is left fits a buffer: digested here, a small object never changes threads.
    for (var digest : digests) {
      digest.update(filling.duplicate());
    }
    file.append(filling);
    filling.clear();
  }

  /// Appends bytes that are not part of the content.
  void append(byte[] bytes) throws IOException {
    file.append(ByteBuffer.wrap(bytes));
  }

  /// Makes the bytes durable and gives them their name; the name is durable once the directory is.
  void publish(String blob) throws IOException {
    file.force();
    file.close();
    Files.move(temp, root.blob(blob), StandardCopyOption.ATOMIC_MOVE);
    published = true;
  }

  Path temp() {
    return temp;
  }

  @Override
  public void close() throws IOException {
    Hashing.settle(working);
    file.close();
    if (lane != null && !closed) {
      lane.giveBack();
    }
    closed = true;
    if (!published) {
      Files.deleteIfExists(temp);
    }
  }
}
