package dev.assay.dataplane.store;

import java.util.List;

/// An open version: its files stay until it closes, even when the version is deleted meanwhile.
public interface Reading extends AutoCloseable {
  Version version();

  /// The bytes in order; one extent for each part of a multipart upload. Their lengths add up to
  /// the version's size.
  List<Extent> extents();

  /// The extents of a range that lies within the version.
  default List<Extent> extents(long offset, long lengthBytes) {
    return Extent.slice(extents(), offset, lengthBytes);
  }

  /// Whether the version stopped being served; stop sending then.
  boolean isCut();

  /// Runs once when the version stops being served, on any thread, at once if it has already: close
  /// the connection then.
  void onCut(Runnable action);

  @Override
  void close();
}
