package dev.assay.api.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/// The table of objects of one kind (`src/test/resources/rows`).
final class Rows {
  static final List<String> FILES = List.of("artifact", "bucket", "promotion", "scanpolicy");

  private Rows() {}

  /// @param object what is created
  /// @param updates merge patches that follow it; all but the last one are accepted
  /// @param reads what the created object has, among other things
  /// @param refused what the API server says, empty when it accepts
  record Row(
      String kind,
      String name,
      ObjectNode object,
      List<JsonNode> updates,
      JsonNode reads,
      List<String> refused) {
    @Override
    public String toString() {
      return kind + ": " + name;
    }
  }

  static Stream<Row> all() {
    return FILES.stream().flatMap(Rows::of);
  }

  private static Stream<Row> of(String file) {
    var table = Yaml.resource("/rows/" + file + ".yaml");
    var base = (ObjectNode) table.get("base");
    return table.get("rows").valueStream().map(row -> row(base, row));
  }

  private static Row row(ObjectNode base, JsonNode row) {
    return new Row(
        base.get("kind").asText(),
        row.get("name").asText(),
        row.has("with") ? Yaml.merge(base, row.get("with")) : base,
        Stream.of("first", "then").filter(row::has).map(row::get).toList(),
        row.path("reads"),
        row.path("refused").valueStream().map(JsonNode::asText).toList());
  }
}
