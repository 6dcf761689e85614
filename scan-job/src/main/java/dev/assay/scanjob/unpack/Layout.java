package dev.assay.scanjob.unpack;

import java.nio.file.Path;

/// Where things lie below the input directory.
record Layout(Path input) {
  Path tree() {
    return input.resolve("tree");
  }

  Path inside() {
    return input.resolve("inside");
  }

  Path image(int number) {
    return input.resolve("images").resolve(Integer.toString(number));
  }

  Path root(boolean insideJar) {
    return insideJar ? inside() : tree();
  }
}
