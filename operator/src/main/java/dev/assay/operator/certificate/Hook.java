package dev.assay.operator.certificate;

import java.util.List;

/// A webhook configuration that is there.
///
/// @param bundles the PEM in the caBundle of each webhook in it, in its order; empty where there is
///   none
record Hook(Kind kind, String resourceVersion, List<String> bundles) {
  enum Kind {
    Validating,
    Mutating
  }

  Hook {
    bundles = List.copyOf(bundles);
  }
}
