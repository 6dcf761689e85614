package dev.assay.dataplane.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A run of bytes in a file, fit for `sendFile`.
public record Extent(Path file, long offset, long lengthBytes) {
  /// The part of `extents` that holds `lengthBytes` bytes from `offset` on.
  ///
  /// @throws IllegalArgumentException when they do not hold that range
  public static List<Extent> slice(List<Extent> extents, long offset, long lengthBytes) {
    var slices = new ArrayList<Extent>();
    var skip = offset;
    var left = lengthBytes;
    for (var extent : extents) {
      if (left > 0 && skip < extent.lengthBytes) {
        var take = Math.min(left, extent.lengthBytes - skip);
        slices.add(new Extent(extent.file, extent.offset + skip, take));
        left -= take;
      }
      skip = Math.max(0, skip - extent.lengthBytes);
    }
    if (offset < 0 || lengthBytes < 0 || left > 0) {
      throw new IllegalArgumentException(
          "range of %d bytes at %d is not within the object".formatted(lengthBytes, offset));
    }
    return List.copyOf(slices);
  }
}
