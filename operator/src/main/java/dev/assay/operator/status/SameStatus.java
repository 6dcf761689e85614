package dev.assay.operator.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Whether two statuses say the same to the API server: as JSON, whatever the order of their
/// list-maps, which the API server does not promise to keep.
final class SameStatus {
  /// List-maps, by what their entries are told apart.
  private static final Map<String, String> KEYS = Map.of("conditions", "type", "images", "image");

  private SameStatus() {}

  static boolean same(@Nullable Object was, Object is, KubernetesSerialization serialization) {
    return was != null && canonical(was, serialization).equals(canonical(is, serialization));
  }

  private static JsonNode canonical(Object status, KubernetesSerialization serialization) {
    var tree = serialization.convertValue(status, JsonNode.class);
    if (tree instanceof ObjectNode object) {
      KEYS.forEach((list, key) -> sort(object, list, key));
    }
    return tree;
  }

  private static void sort(ObjectNode object, String name, String key) {
    if (object.get(name) instanceof ArrayNode list) {
      var sorted = object.arrayNode(list.size());
      StreamSupport.stream(list.spliterator(), false)
          .sorted(Comparator.comparing(entry -> entry.path(key).asText()))
          .forEach(sorted::add);
      object.set(name, sorted);
    }
  }
}
