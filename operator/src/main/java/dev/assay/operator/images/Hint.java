package dev.assay.operator.images;

import dev.assay.policy.image.PinnedImage;
import dev.assay.policy.signature.SafeJson;
import java.util.Optional;
import java.util.regex.Pattern;

/// The webhook has met an image that no status knows. Anybody can say so: it is a reason to look,
/// and nothing else.
record Hint(String namespace, PinnedImage image) {
  /// RFC 1123's label.
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?");

  /// @param json `{"namespace": "team", "image": "<registry>/<repository>@sha256:<hex>"}`
  static Optional<Hint> read(byte[] json) {
    var hint = SafeJson.read(json);
    var namespace =
        hint.map(h -> h.path("namespace").asText(""))
            .filter(name -> NAMESPACE.matcher(name).matches());
    var image = hint.flatMap(h -> PodImages.pinned(h.path("image").asText("")));
    return namespace.flatMap(name -> image.map(pinned -> new Hint(name, pinned)));
  }
}
