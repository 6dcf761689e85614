package dev.assay.policy.image;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.policy.signature.SafeJson;
import dev.assay.policy.signature.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an OCI index or manifest says of one thing that it points to:
/// https://github.com/opencontainers/image-spec/blob/main/descriptor.md
///
/// @param artifactType empty when there is none
/// @param signature of cosign's older format, empty when there is none
public record Descriptor(
    String mediaType, String artifactType, Sha256 digest, long sizeBytes, String signature) {
  /// Bundles of any version: which of them can be read is said by who reads them.
  private static final String BUNDLE = "application/vnd.dev.sigstore.bundle";

  private static final String SIMPLE_SIGNING = "application/vnd.dev.cosign.simplesigning.v1+json";
  private static final String SIGNATURE = "dev.cosignproject.cosign/signature";

  /// What an index lists; empty when the bytes are no index.
  public static Optional<List<Descriptor>> ofIndex(byte[] json) {
    return read(json, "manifests");
  }

  /// A manifest's layers; empty when the bytes are no manifest.
  public static Optional<List<Descriptor>> ofManifest(byte[] json) {
    return read(json, "layers");
  }

  /// Whether this is a referrer that carries a bundle.
  public boolean refersByBundle() {
    return artifactType.startsWith(BUNDLE);
  }

  public boolean isBundle() {
    return mediaType.startsWith(BUNDLE);
  }

  public boolean isSimpleSigning() {
    return mediaType.equals(SIMPLE_SIGNING);
  }

  private static Optional<List<Descriptor>> read(byte[] json, String where) {
    return SafeJson.read(json)
        .map(document -> document.path(where))
        .filter(JsonNode::isArray)
        .map(Descriptor::all);
  }

  // What is no descriptor of anything by SHA-256 is passed over: it signs nothing.
  private static List<Descriptor> all(JsonNode array) {
    var all = new ArrayList<Descriptor>();
    for (var one : array) {
      Sha256.parse(one.path("digest").asText(""))
          .ifPresent(digest ->
              all.add(
                  new Descriptor(
                      one.path("mediaType").asText(""),
                      one.path("artifactType").asText(""),
                      digest,
                      one.path("size").asLong(-1),
                      one.path("annotations").path(SIGNATURE).asText(""))));
    }
    return List.copyOf(all);
  }
}
