package dev.assay.scanjob.unpack;

import java.util.List;
import java.util.stream.Stream;

/// Where the files of a container go.
///
/// @param insideJar whether it is, or lies in, a jar that Trivy reads itself
record Place(boolean insideJar, List<String> directory) {
  List<String> of(List<String> parts) {
    return Stream.concat(directory.stream(), parts.stream()).toList();
  }
}
