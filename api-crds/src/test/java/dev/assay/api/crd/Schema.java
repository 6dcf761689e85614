package dev.assay.api.crd;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;

/// The emitted schemas as a flat list of places.
final class Schema {
  private Schema() {}

  /// A place in a schema: `spec.source.upload`, `spec.exceptions[]` for the items of a list,
  /// `spec.metadata{}` for the values of a map.
  record Place(String kind, String path, JsonNode schema) {
    boolean isItem() {
      return path.endsWith("[]") || path.endsWith("{}");
    }

    String type() {
      return schema.path("type").asText();
    }

    @Override
    public String toString() {
      return kind + " " + path;
    }
  }

  static List<Place> places() {
    return roots().stream().flatMap(root -> below(root).stream()).toList();
  }

  /// The four kinds, path empty.
  static List<Place> roots() {
    SortedMap<String, String> emitted = CrdEmitter.emit();
    return emitted.values().stream()
        .map(Yaml::read)
        .map(crd ->
            new Place(
                crd.at("/spec/names/kind").asText(),
                "",
                crd.at("/spec/versions/0/schema/openAPIV3Schema")))
        .toList();
  }

  private static List<Place> below(Place place) {
    var places = new ArrayList<Place>();
    places.add(place);
    children(place).flatMap(child -> below(child).stream()).forEach(places::add);
    return places;
  }

  static Stream<Place> children(Place place) {
    var children = new ArrayList<Place>();
    place
        .schema()
        .path("properties")
        .properties()
        .forEach(p ->
            children.add(
                new Place(
                    place.kind(),
                    place.path().isEmpty() ? p.getKey() : place.path() + "." + p.getKey(),
                    p.getValue())));
    if (place.schema().has("items")) {
      children.add(new Place(place.kind(), place.path() + "[]", place.schema().get("items")));
    }
    if (place.schema().has("additionalProperties")) {
      children.add(
          new Place(place.kind(), place.path() + "{}", place.schema().get("additionalProperties")));
    }
    return children.stream();
  }
}
