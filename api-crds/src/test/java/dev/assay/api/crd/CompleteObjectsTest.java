package dev.assay.api.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The complete objects pass the real API server, have every field between them, and go through the
/// records without a loss.
class CompleteObjectsTest {
  private static final String APPROVALS =
      """
      spec:
        approvals:
        - {user: bo, decision: Approve, comment: fine, at: "2026-11-22T17:00:00Z", uid: "2", groups: [release-managers]}
      """;

  static List<String> files() {
    return Complete.FILES;
  }

  @ParameterizedTest
  @MethodSource("files")
  void theApiServerTakesThemWithTheirStatus(String file) {
    var api = ApiServer.shared();
    var wanted = Complete.object(file);

    var created = api.create(Yaml.object(wanted));

    assertThat(created.refusals()).isEmpty();
    var stored = created.object().orElseThrow();
    if (wanted.has("status")) {
      var withStatus = (ObjectNode) tree(stored);
      withStatus.set("status", wanted.get("status"));
      var updated = api.updateStatus(Yaml.object(withStatus));
      assertThat(updated.refusals()).isEmpty();
      assertThat(tree(updated.object().orElseThrow()).get("status"))
          .isEqualTo(wanted.get("status"));
    }
    api.delete(stored);
  }

  @ParameterizedTest
  @MethodSource("files")
  void theRecordsCarryEveryField(String file) throws Exception {
    var wanted = Complete.object(file);
    var serialization = new KubernetesSerialization();
    var kind =
        CrdEmitter.KINDS.stream()
            .filter(k -> k.getSimpleName().equals(wanted.get("kind").asText()))
            .findFirst()
            .orElseThrow();

    var record = serialization.unmarshal(wanted.toString(), kind);

    assertThat(Yaml.MAPPER.readTree(serialization.asJson(record))).isEqualTo(wanted);
  }

  @Test
  void betweenThemTheyHaveEveryField() {
    Set<String> seen = new HashSet<>();
    Stream.concat(
            Complete.FILES.stream().map(Complete::object),
            Stream.of(Yaml.merge(Complete.object("promotion"), Yaml.read(APPROVALS))))
        .forEach(object -> collect(object, object.get("kind").asText() + " ", seen));

    assertThat(
            Schema.places().stream()
                .filter(place -> !place.isItem() && !place.path().isEmpty())
                .map(place -> place.toString().replace("[]", "").replace("{}", ""))
                .filter(path -> !seen.contains(path)))
        .as("fields that no complete object has")
        .isEmpty();
  }

  private static void collect(JsonNode node, String path, Set<String> seen) {
    if (node.isArray()) {
      node.forEach(item -> collect(item, path, seen));
      return;
    }
    for (var field : node.properties()) {
      var below = path.endsWith(" ") ? path + field.getKey() : path + "." + field.getKey();
      seen.add(below);
      collect(field.getValue(), below, seen);
    }
  }

  private static JsonNode tree(Object object) {
    return Yaml.MAPPER.valueToTree(object);
  }
}
