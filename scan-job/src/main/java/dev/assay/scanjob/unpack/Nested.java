package dev.assay.scanjob.unpack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// An archive that lies on disk, written out of the one around it.
///
/// @param kept whether the file itself is to be scanned too
record Nested(Path file, Kind kind, List<String> parts, boolean insideJar, boolean kept) {
  Place contents() {
    return new Place(insideJar, withLast("!"));
  }

  List<String> withLast(String suffix) {
    var changed = new ArrayList<>(parts);
    changed.set(changed.size() - 1, parts.getLast() + suffix);
    return List.copyOf(changed);
  }
}
