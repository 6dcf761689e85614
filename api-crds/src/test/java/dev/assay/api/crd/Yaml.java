package dev.assay.api.crd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.io.UncheckedIOException;

/// YAML texts of tests as trees, and JSON merge patches (RFC 7386) over them.
final class Yaml {
  static final ObjectMapper MAPPER = new YAMLMapper();

  private Yaml() {}

  static ObjectNode read(String text) {
    try {
      return (ObjectNode) MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not YAML: " + text, e);
    }
  }

  static ObjectNode resource(String path) {
    try (var in = Yaml.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("no test resource " + path);
      }
      return (ObjectNode) MAPPER.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A copy of `base` with the patch applied; `null` in the patch removes a field.
  static ObjectNode merge(ObjectNode base, JsonNode patch) {
    var merged = base.deepCopy();
    for (var field : patch.properties()) {
      var name = field.getKey();
      var value = field.getValue();
      if (value.isNull()) {
        merged.remove(name);
      } else if (value.isObject()) {
        var below = merged.get(name) instanceof ObjectNode o ? o : MAPPER.createObjectNode();
        merged.set(name, merge(below, value));
      } else {
        merged.set(name, value);
      }
    }
    return merged;
  }

  static GenericKubernetesResource object(JsonNode tree) {
    return MAPPER.convertValue(tree, GenericKubernetesResource.class);
  }
}
