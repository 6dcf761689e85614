package dev.assay.api.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.api.crd.Schema.Place;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What holds for every field of every kind.
class SchemaTest {
  private static final List<Place> PLACES = Schema.places();

  @Test
  void everyFieldHasADescriptionThatIsASentence() {
    assertThat(
            PLACES.stream()
                .filter(place -> !place.isItem())
                .filter(place -> !describes(place.schema().path("description").asText())))
        .isEmpty();
  }

  private static boolean describes(String text) {
    return text.length() > 10 && text.contains(" ") && text.endsWith(".");
  }

  /// Without bounds the API server's estimate of a rule's cost refuses the CRD (decision 24).
  @Test
  void everyStringListAndMapIsBounded() {
    assertThat(PLACES.stream().filter(place -> !isBounded(place))).isEmpty();
  }

  private static boolean isBounded(Place place) {
    var schema = place.schema();
    return switch (place.type()) {
      case "string" -> schema.has("maxLength") || schema.has("enum");
      case "array" -> schema.has("maxItems");
      case "object" -> !schema.has("additionalProperties") || schema.has("maxProperties");
      case "integer", "boolean" -> true;
      default -> false;
    };
  }

  @Test
  void nothingIsPreservedThatTheSchemaDoesNotName() {
    assertThat(PLACES)
        .allSatisfy(place ->
            assertThat(place.schema().has("x-kubernetes-preserve-unknown-fields"))
                .as("%s", place)
                .isFalse());
  }

  @Test
  void everyIntegerSaysItsWidth() {
    assertThat(PLACES.stream().filter(place -> place.type().equals("integer")))
        .allSatisfy(place ->
            assertThat(place.schema().path("format").asText())
                .as("%s", place)
                .isIn("int32", "int64"));
  }

  @Test
  void everyListSaysHowItMerges() {
    assertThat(PLACES.stream().filter(place -> place.type().equals("array")))
        .allSatisfy(place ->
            assertThat(place.schema().path("x-kubernetes-list-type").asText())
                .as("%s", place)
                .isIn("map", "set", "atomic"));
  }

  @Test
  void theListsWithKeysAreMaps() {
    assertThat(
            PLACES.stream()
                .filter(place -> place.schema().has("x-kubernetes-list-map-keys"))
                .map(place -> place + " by " + keys(place.schema())))
        .containsExactlyInAnyOrder(
            "Artifact status.conditions by [type]",
            "Bucket spec.access.accessKeys by [name]",
            "Bucket spec.promotion.gates by [name]",
            "Bucket status.audit by [replica]",
            "Bucket status.conditions by [type]",
            "Promotion spec.approvals by [user]",
            "Promotion status.conditions by [type]",
            "Promotion status.gates by [name]",
            "ScanPolicy spec.verify by [name]",
            "ScanPolicy status.conditions by [type]",
            "ScanPolicy status.images by [image]",
            "ScanPolicy status.verifiers by [name]");
  }

  private static List<String> keys(JsonNode schema) {
    return Yaml.MAPPER.convertValue(
        schema.get("x-kubernetes-list-map-keys"),
        Yaml.MAPPER.getTypeFactory().constructCollectionType(List.class, String.class));
  }

  @Test
  void aFreshObjectHasAStatusThatIsNotReady() {
    assertThat(Schema.roots())
        .hasSize(4)
        .allSatisfy(root ->
            assertThat(root.schema().at("/properties/status/default"))
                .as("%s", root)
                .isEqualTo(Yaml.read("{observedGeneration: -1}")));
  }

  @Test
  void everyRuleHasAMessageThatIsASentence() {
    assertThat(PLACES.stream().flatMap(SchemaTest::rules))
        .isNotEmpty()
        .allSatisfy(rule ->
            assertThat(rule.path("message").asText())
                .as(rule.toString())
                .matches("(?s).{20,}")
                .contains(" "));
  }

  private static Stream<JsonNode> rules(Place place) {
    return place.schema().path("x-kubernetes-validations").valueStream();
  }
}
