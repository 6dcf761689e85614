package dev.assay.operator.owned;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;

/// Tells whether an object still is what was applied, so that nothing is written at rest: it
/// carries the digest of what was applied (which shows that a field was taken away), and has every
/// desired field (which shows drift).
final class Fingerprint {
  /// On each applied object: SHA-256 of what was applied.
  static final String ANNOTATION = "assay.dev/applied";

  private Fingerprint() {}

  static <T extends HasMetadata> T stamp(T desired, KubernetesSerialization json) {
    var stamped = json.clone(desired);
    var annotations = new LinkedHashMap<String, String>();
    if (desired.getMetadata().getAnnotations() != null) {
      annotations.putAll(desired.getMetadata().getAnnotations());
    }
    annotations.put(ANNOTATION, digest(json.asJson(desired)));
    stamped.getMetadata().setAnnotations(annotations);
    return stamped;
  }

  static boolean matches(
      HasMetadata seen, HasMetadata stampedDesired, KubernetesSerialization json) {
    return contains(
        json.convertValue(seen, JsonNode.class), json.convertValue(stampedDesired, JsonNode.class));
  }

  /// Whether every field of `part` is in `whole`; lists count as a whole.
  private static boolean contains(JsonNode whole, JsonNode part) {
    if (part.isObject()) {
      return part.propertyStream()
          .allMatch(field ->
              (isEmpty(field.getValue()) && !whole.has(field.getKey()))
                  || contains(whole.path(field.getKey()), field.getValue()));
    }
    if (part.isArray()) {
      if (!whole.isArray() || whole.size() != part.size()) {
        return false;
      }
      for (var i = 0; i < part.size(); i++) {
        if (!contains(whole.get(i), part.get(i))) {
          return false;
        }
      }
      return true;
    }
    return whole.equals(part) || isSameQuantity(whole, part);
  }

  /// The API server leaves out what is empty.
  private static boolean isEmpty(JsonNode node) {
    return node.isContainerNode() && node.isEmpty();
  }

  /// The API server writes `1024Mi` as `1Gi`.
  private static boolean isSameQuantity(JsonNode whole, JsonNode part) {
    try {
      return whole.isTextual()
          && part.isTextual()
          && new Quantity(whole.asText())
                  .getNumericalAmount()
                  .compareTo(new Quantity(part.asText()).getNumericalAmount())
              == 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String digest(String text) {
    try {
      var bytes =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
