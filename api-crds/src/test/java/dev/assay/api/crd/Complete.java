package dev.assay.api.crd;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Valid objects that together have every field (`src/test/resources/complete`).
final class Complete {
  static final List<String> FILES =
      List.of(
          "artifact",
          "artifact-http",
          "artifact-object",
          "artifact-oci",
          "artifact-promoted",
          "bucket",
          "bucket-s3",
          "bucket-s3-identity",
          "promotion",
          "scanpolicy",
          "scanpolicy-cache");

  private Complete() {}

  static ObjectNode object(String file) {
    return Yaml.resource("/complete/" + file + ".yaml");
  }
}
