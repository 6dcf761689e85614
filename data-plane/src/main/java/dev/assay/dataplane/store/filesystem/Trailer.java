package dev.assay.dataplane.store.filesystem;

import dev.assay.wire.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/// What stands behind the bytes in `blobs/<versionId>`: enough to rebuild a lost index. Only
/// versions have one; a part's file is its bytes alone and has another name, so that no uploaded
/// byte can pass for a trailer.
///
/// On disk: JSON, its length (4 bytes), its CRC32C (4 bytes), `ASSAYB01`; numbers big-endian.
record Trailer(VersionFacts facts, List<BlobExtent> extents) {
  private static final byte[] MAGIC = "ASSAYB01".getBytes(StandardCharsets.US_ASCII);
  private static final int FOOTER_BYTES = 16;

  /// 10,000 parts take about 1 MiB.
  private static final int MAX_JSON_BYTES = 16 << 20;

  byte[] encode() throws IOException {
    var json = Json.MAPPER.writeValueAsBytes(this);
    return ByteBuffer.allocate(json.length + FOOTER_BYTES)
        .put(json)
        .putInt(json.length)
        .putInt(checksum(json))
        .put(MAGIC)
        .array();
  }

  /// The trailer of a file, or empty when it has none that is whole.
  static Optional<Trailer> read(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      var size = channel.size();
      if (size < FOOTER_BYTES) {
        return Optional.empty();
      }
      var footer = readAt(channel, size - FOOTER_BYTES, FOOTER_BYTES);
      var length = footer.getInt();
      var checksum = footer.getInt();
      var magic = new byte[MAGIC.length];
      footer.get(magic);
      if (!Arrays.equals(magic, MAGIC)
          || length < 0
          || length > MAX_JSON_BYTES
          || length > size - FOOTER_BYTES) {
        return Optional.empty();
      }
      var json = readAt(channel, size - FOOTER_BYTES - length, length).array();
      if (checksum(json) != checksum) {
        return Optional.empty();
      }
      return Optional.of(Json.MAPPER.readValue(json, Trailer.class));
    }
  }

  private static ByteBuffer readAt(FileChannel channel, long position, int length)
      throws IOException {
    var bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new IOException("file became shorter while its trailer was read");
      }
    }
    return bytes.flip();
  }

  private static int checksum(byte[] bytes) {
    var crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
