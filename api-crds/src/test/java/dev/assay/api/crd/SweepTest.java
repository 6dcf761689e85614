package dev.assay.api.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.assay.api.crd.Schema.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Takes each field of the complete objects and breaks what its schema says of it, one thing at a
/// time: the API server must name that field and say what is wrong.
class SweepTest {
  /// @param field as the API server writes it
  /// @param refusal how its sentence starts
  private record Broken(String what, ObjectNode object, String field, String refusal) {}

  private final List<Broken> broken = new ArrayList<>();
  private final Set<String> done = new HashSet<>();

  @Test
  void everyBoundEnumAndRequiredFieldIsEnforced() {
    var api = ApiServer.shared();
    var roots = Schema.roots();
    for (var file : Complete.FILES) {
      var object = Complete.object(file);
      object.remove("status");
      var root =
          roots.stream()
              .filter(r -> r.kind().equals(object.get("kind").asText()))
              .findFirst()
              .orElseThrow();
      visit(child(root, "spec"), object, "/spec", "spec");
    }

    assertThat(broken).hasSizeGreaterThan(200);
    assertThat(broken.stream().flatMap(b -> surprise(b, api)))
        .as("what was broken but not refused as expected")
        .isEmpty();
  }

  private static Stream<String> surprise(Broken broken, ApiServer api) {
    var expected = broken.field() + ": " + broken.refusal();
    var refusals = api.wouldCreate(Yaml.object(broken.object())).refusals();
    return refusals.stream().anyMatch(refusal -> refusal.startsWith(expected))
        ? Stream.empty()
        : Stream.of(broken.what() + "\n  expected " + expected + "\n  found " + refusals);
  }

  private void visit(Place place, ObjectNode object, String pointer, String field) {
    var value = object.at(pointer);
    if (value.isMissingNode()) {
      return;
    }
    if (done.add(place.toString())) {
      breakIt(place, object, pointer, field);
    }
    if (value.isObject()) {
      Schema.children(place)
          .filter(child -> !child.isItem())
          .forEach(child -> {
            var name = child.path().substring(child.path().lastIndexOf('.') + 1);
            visit(child, object, pointer + "/" + name, field + "." + name);
          });
    } else if (value.isArray() && !value.isEmpty()) {
      for (var i = 0; i < value.size(); i++) {
        visit(child(place, ""), object, pointer + "/" + i, field + "[" + i + "]");
      }
    }
  }

  private void breakIt(Place place, ObjectNode object, String pointer, String field) {
    var schema = place.schema();
    if (schema.has("enum")) {
      put(place, object, pointer, field, new TextNode("Bogus"), "Unsupported value: \"Bogus\"");
    } else if (schema.has("maxLength")) {
      var longer = "a".repeat(schema.get("maxLength").asInt() + 1);
      put(place, object, pointer, field, new TextNode(longer), "Too long");
    }
    if (schema.path("minLength").asInt() > 0) {
      put(place, object, pointer, field, new TextNode(""), "Invalid value");
    }
    if (schema.has("minimum")) {
      var less = LongNode.valueOf(schema.get("minimum").asLong() - 1);
      put(place, object, pointer, field, less, "Invalid value: " + less);
    }
    if (schema.has("maximum")) {
      var more = LongNode.valueOf(schema.get("maximum").asLong() + 1);
      put(place, object, pointer, field, more, "Invalid value: " + more);
    }
    if (schema.has("maxItems")) {
      tooManyItems(place, object, pointer, field);
    }
    if (schema.has("maxProperties")) {
      tooManyEntries(place, object, pointer, field);
    }
    var wrong = place.type().equals("object") ? new TextNode("x") : Yaml.MAPPER.createObjectNode();
    put(place, object, pointer, field, wrong, "Invalid value");
    schema.path("required").forEach(name -> withoutField(place, object, pointer, field, name));
  }

  private void put(
      Place place,
      ObjectNode object,
      String pointer,
      String field,
      JsonNode value,
      String refusal) {
    change(place + " = " + shortened(value), object, pointer, field, refusal, at -> at.set(value));
  }

  private static String shortened(JsonNode value) {
    var text = value.toString();
    return text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }

  private void tooManyItems(Place place, ObjectNode object, String pointer, String field) {
    var items = Yaml.MAPPER.createArrayNode();
    for (var i = 0; i <= place.schema().get("maxItems").asInt(); i++) {
      items.add(object.at(pointer + "/0"));
    }
    put(place, object, pointer, field, items, "Too many");
  }

  private void tooManyEntries(Place place, ObjectNode object, String pointer, String field) {
    var entries = Yaml.MAPPER.createObjectNode();
    for (var i = 0; i <= place.schema().get("maxProperties").asInt(); i++) {
      entries.set("k" + i, new TextNode("1"));
    }
    put(place, object, pointer, field, entries, "Too many");
  }

  private void withoutField(
      Place place, ObjectNode object, String pointer, String field, JsonNode name) {
    change(
        place + " without " + name,
        object,
        pointer,
        field + "." + name.asText(),
        "Required value",
        at -> ((ObjectNode) at.value()).remove(name.asText()));
  }

  private void change(
      String what,
      ObjectNode object,
      String pointer,
      String field,
      String refusal,
      Consumer<Slot> change) {
    var copy = object.deepCopy();
    change.accept(new Slot(copy, pointer));
    broken.add(new Broken(what, copy, field, refusal));
  }

  private record Slot(ObjectNode object, String pointer) {
    JsonNode value() {
      return object.at(pointer);
    }

    void set(JsonNode value) {
      var slash = pointer.lastIndexOf('/');
      var parent = object.at(pointer.substring(0, slash));
      var last = pointer.substring(slash + 1);
      if (parent instanceof ArrayNode array) {
        array.set(Integer.parseInt(last), value);
      } else {
        ((ObjectNode) parent).set(last, value);
      }
    }
  }

  private static Place child(Place place, String name) {
    return Schema.children(place)
        .filter(c -> name.isEmpty() ? c.path().endsWith("[]") : c.path().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
