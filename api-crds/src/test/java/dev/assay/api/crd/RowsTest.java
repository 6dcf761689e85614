package dev.assay.api.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.api.crd.ApiServer.Answer;
import dev.assay.api.crd.Rows.Row;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Objects that the real API server accepts or refuses, with every word of the refusal.
class RowsTest {
  static Stream<Row> rows() {
    return Rows.all();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theApiServerSays(Row row) {
    var answer =
        row.updates().isEmpty()
            ? ApiServer.shared().wouldCreate(Yaml.object(row.object()))
            : afterUpdates(row);

    assertThat(answer.refusals()).containsExactlyInAnyOrderElementsOf(row.refused());
    if (answer.object().isPresent() && !row.reads().isMissingNode()) {
      JsonNode stored = Yaml.MAPPER.valueToTree(answer.object().get());
      assertThat((JsonNode) Yaml.merge((ObjectNode) stored, row.reads()))
          .as("%s has among other things %s", stored, row.reads())
          .isEqualTo(stored);
    }
  }

  private static Answer afterUpdates(Row row) {
    var api = ApiServer.shared();
    var last = api.create(Yaml.object(row.object()));
    var created = last.object().orElseThrow(() -> new AssertionError(row));
    try {
      for (var update : row.updates()) {
        last = api.update(patched(last, update));
      }
      return last;
    } finally {
      api.delete(created);
    }
  }

  private static GenericKubernetesResource patched(Answer before, JsonNode update) {
    var object =
        before.object().orElseThrow(() -> new AssertionError("refused: " + before.refusals()));
    return Yaml.object(Yaml.merge(Yaml.MAPPER.<ObjectNode>valueToTree(object), update));
  }

  /// A rule without a row would be a promise that nobody has seen kept.
  @Test
  void everyRuleHasARowThatItRefuses() {
    var refused = Rows.all().toList();
    assertThat(
            Schema.places().stream()
                .filter(place -> !place.path().startsWith("status"))
                .flatMap(place -> messages(place).map(message -> place.kind() + ": " + message))
                .distinct()
                .filter(wanted -> refused.stream().noneMatch(row -> shows(row, wanted))))
        .as("rules that no row shows")
        .isEmpty();
  }

  private static Stream<String> messages(Schema.Place place) {
    return place
        .schema()
        .path("x-kubernetes-validations")
        .valueStream()
        .map(rule -> rule.get("message").asText());
  }

  private static boolean shows(Row row, String wanted) {
    List<String> refused = row.refused();
    return refused.stream()
        .anyMatch(refusal ->
            wanted.startsWith(row.kind() + ": ")
                && refusal.contains(wanted.substring(row.kind().length() + 2)));
  }
}
