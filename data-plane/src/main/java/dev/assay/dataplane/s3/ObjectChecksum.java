package dev.assay.dataplane.s3;

import dev.assay.dataplane.sigv4.Algorithm;
import dev.assay.dataplane.sigv4.CrcCombination;
import dev.assay.dataplane.store.Part;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The checksum of a multipart object, from those of its parts and without its bytes.
final class ObjectChecksum {
  private ObjectChecksum() {}

  /// @param type `FULL_OBJECT`: as if the bytes had come in one piece; `COMPOSITE`: the checksum of
  ///   the parts' checksums, with their number
  /// @return base64, as clients see it; empty when a part came without this checksum
  static Optional<String> of(Algorithm algorithm, String type, List<Part> parts) {
    var values =
        parts.stream()
            .map(part -> part.attributes().getOrDefault(Incoming.CHECKSUM + algorithm, ""))
            .toList();
    if (values.isEmpty() || values.contains("")) {
      return Optional.empty();
    }
    return Optional.of(
        type.equals("FULL_OBJECT")
            ? joined(algorithm, parts, values)
            : composed(algorithm, values));
  }

  private static String composed(Algorithm algorithm, List<String> values) {
    var running = algorithm.start();
    for (var value : values) {
      var bytes = Base64.getDecoder().decode(value);
      running.update(bytes, 0, bytes.length);
    }
    return Base64.getEncoder().encodeToString(running.value()) + "-" + values.size();
  }

  private static String joined(Algorithm algorithm, List<Part> parts, List<String> values) {
    var crc = number(values.getFirst());
    for (var i = 1; i < parts.size(); i++) {
      crc = CrcCombination.combine(algorithm, crc, number(values.get(i)), parts.get(i).sizeBytes());
    }
    var bytes = ByteBuffer.allocate(Long.BYTES).putLong(crc).array();
    return Base64.getEncoder()
        .encodeToString(
            Arrays.copyOfRange(bytes, Long.BYTES - algorithm.lengthBytes(), Long.BYTES));
  }

  private static long number(String base64) {
    return new BigInteger(1, Base64.getDecoder().decode(base64)).longValue();
  }
}
