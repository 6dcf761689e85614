package dev.assay.dataplane.store.filesystem;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// Bytes that are here already, for a version that brings them again: hard links to the files of
/// the earlier one. So each version's files are its own, either can go first, and the file system
/// counts who needs the bytes; usage and quota count what clients see, which is both.
///
/// A link is named as a part, whose content never passes for a trailer: the earlier version's own
/// trailer may stand behind the bytes.
final class SameBytes {
  private SameBytes() {}

  /// Extents that are links, synced with the directory at the next publication; none where the
  /// bucket does not want this, the bytes are new, or they are going at this moment.
  static List<BlobExtent> link(Engine engine, VersionFacts facts) throws IOException {
    if (!engine.settings().reuseDuplicates() || facts.sizeBytes() == 0) {
      return List.of();
    }
    for (var extents : engine.index().read(sql -> extents(sql, facts.sha256()))) {
      var links = link(engine, extents);
      if (!links.isEmpty()) {
        return links;
      }
    }
    return List.of();
  }

  private static List<List<BlobExtent>> extents(Sql sql, String sha256) throws IOException {
    var all = new ArrayList<List<BlobExtent>>();
    for (var row : VersionTable.withDigest(sql, sha256)) {
      all.add(VersionTable.extents(sql, row.facts().versionId()));
    }
    return all;
  }

  /// A file may be gone, have as many names as it can, or lie where there are no hard links: the
  /// bytes that came are then kept as they are.
  private static List<BlobExtent> link(Engine engine, List<BlobExtent> extents) throws IOException {
    var links = new ArrayList<BlobExtent>();
    try {
      for (var extent : extents) {
        var name = Ids.part(engine.newId());
        Files.createLink(engine.root().blob(name), engine.root().blob(extent.blob()));
        links.add(new BlobExtent(name, extent.lengthBytes()));
      }
      return links;
    } catch (IOException | UnsupportedOperationException e) {
      drop(engine, links);
      return List.of();
    }
  }

  static void drop(Engine engine, List<BlobExtent> links) throws IOException {
    for (var link : links) {
      Files.deleteIfExists(engine.root().blob(link.blob()));
    }
  }
}
