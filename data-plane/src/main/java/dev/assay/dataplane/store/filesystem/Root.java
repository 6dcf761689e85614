package dev.assay.dataplane.store.filesystem;

import dev.assay.dataplane.store.DiskFullException;
import dev.assay.wire.Json;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongSupplier;

/// The directory of a store, held by an exclusive lock while it is open.
///
/// ```
/// assay.json          whose it is
/// lock                locked by the one process that may use it
/// index.db            keys, states, sessions, feed (SQLite)
/// blobs/<id>          bytes and trailer of a version; blobs/<id>.part bytes of a part
/// tmp/<id>            uploads in flight, emptied at start
/// withheld/<id>       quarantined versions, so that a rebuilt index does not forget them
/// ```
final class Root implements Closeable {
  /// Room that uploads leave to the index, so that deletes still work on a full disk: 16 MiB, or a
  /// twentieth of a small disk.
  private static final long RESERVE_BYTES = 16L << 20;

  private final Path directory;
  private final FileChannel lock;
  private final FileChannel blobs;
  private final LongSupplier usableBytes;
  private final long reserveBytes;
  private final DirectWrites directWrites;

  private Root(Path directory, FileChannel lock, LongSupplier usableBytes, long reserveBytes)
      throws IOException {
    this.directWrites = DirectWrites.probe(directory.resolve("tmp"));
    this.directory = directory;
    this.lock = lock;
    this.usableBytes = usableBytes;
    this.reserveBytes = reserveBytes;
    this.blobs = FileChannel.open(directory.resolve("blobs"), StandardOpenOption.READ);
  }

  static Root open(Path directory, BucketIdentity identity) throws IOException {
    Files.createDirectories(directory);
    var files = Files.getFileStore(directory);
    LongSupplier usable =
        () -> {
          try {
            return files.getUsableSpace();
          } catch (IOException e) {
            return Long.MAX_VALUE; // the write itself will tell
          }
        };
    return open(directory, identity, usable, Math.min(RESERVE_BYTES, files.getTotalSpace() / 20));
  }

  static Root open(Path directory, BucketIdentity identity, LongSupplier usable, long reserveBytes)
      throws IOException {
    Files.createDirectories(directory);
    var lock = takeLock(directory);
    try {
      checkMarker(directory, identity);
      for (var name : new String[] {"blobs", "tmp", "withheld"}) {
        Files.createDirectories(directory.resolve(name));
      }
      Durable.emptyDirectory(directory.resolve("tmp"));
      Durable.syncDirectory(directory);
      return new Root(directory, lock, usable, reserveBytes);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static FileChannel takeLock(Path directory) throws IOException {
    var file = directory.resolve("lock");
    var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // held by this very process: the same refusal
    }
    channel.close();
    throw new IOException(
        ("store root %s: expected to be its only user, found %s locked by another data plane;"
                + " stop that one or choose another root")
            .formatted(directory, file));
  }

  private static void checkMarker(Path directory, BucketIdentity identity) throws IOException {
    var file = directory.resolve("assay.json");
    if (!Files.exists(file)) {
      if (Files.exists(directory.resolve("blobs"))) {
        throw new IOException(
            ("store root %s: expected assay.json beside blobs, found none; put it back as"
                    + " {\"layout\": 1, \"bucket\": \"<name>\", \"bucketUid\": \"<uid>\"} if the"
                    + " bytes are this bucket's")
                .formatted(directory));
      }
      write(directory, file, identity);
      return;
    }
    switch (Json.MAPPER.readValue(Files.readAllBytes(file), Marker.class).judge(identity)) {
      case Marker.Decision.Use() -> {}
      case Marker.Decision.Adopt() -> write(directory, file, identity);
      case Marker.Decision.Refuse(var found) ->
          throw new IOException(
              "store root %s: expected bucket %s (uid %s), found %s; give it a root of its own"
                  .formatted(directory, identity.name(), identity.uid(), found));
    }
  }

  private static void write(Path directory, Path file, BucketIdentity identity) throws IOException {
    Durable.replace(
        directory.resolve("assay.json.new"),
        file,
        Json.MAPPER.writeValueAsBytes(Marker.of(identity)));
  }

  /// Fails while there is still room for the index, before a write finds no room at all.
  void requireRoom(long bytes) throws DiskFullException {
    var usable = usableBytes.getAsLong();
    if (usable - reserveBytes < bytes) {
      throw new DiskFullException(
          "the store's disk is full: %d bytes needed, %d free of which %d are kept for the index"
              .formatted(bytes, usable, reserveBytes));
    }
  }

  /// Makes the renames into `blobs` durable.
  void syncBlobs() throws IOException {
    blobs.force(true);
  }

  DirectWrites directWrites() {
    return directWrites;
  }

  Path directory() {
    return directory;
  }

  Path blobs() {
    return directory.resolve("blobs");
  }

  Path blob(String name) {
    return blobs().resolve(name);
  }

  Path temp(String id) {
    return directory.resolve("tmp").resolve(id);
  }

  Path withheld(String versionId) {
    return directory.resolve("withheld").resolve(versionId);
  }

  Path index() {
    return directory.resolve("index.db");
  }

  @Override
  public void close() throws IOException {
    blobs.close();
    lock.close();
  }
}
