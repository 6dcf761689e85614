package dev.assay.operator.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Comparator;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Whether two statuses say the same to the API server: as JSON, whatever the order of their
/// conditions, which a list-map does not promise to keep.
final class SameStatus {
  private static final String CONDITIONS = "conditions";

  private SameStatus() {}

  static boolean same(@Nullable Object was, Object is, KubernetesSerialization serialization) {
    return was != null && canonical(was, serialization).equals(canonical(is, serialization));
  }

  private static JsonNode canonical(Object status, KubernetesSerialization serialization) {
    var tree = serialization.convertValue(status, JsonNode.class);
    if (tree instanceof ObjectNode object && object.get(CONDITIONS) instanceof ArrayNode list) {
      var sorted = object.arrayNode(list.size());
      StreamSupport.stream(list.spliterator(), false)
          .sorted(Comparator.comparing(c -> c.path("type").asText()))
          .forEach(sorted::add);
      object.set(CONDITIONS, sorted);
    }
    return tree;
  }
}
