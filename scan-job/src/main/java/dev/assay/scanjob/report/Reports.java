package dev.assay.scanjob.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.wire.Json;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The reports of one scan's runs of Trivy, as one.
public final class Reports {
  private Reports() {}

  /// Joins results of the same target, class and type, each finding once, and redacts. The reports
  /// are used up: they may be as large as the heap allows.
  ///
  /// @param reports at least one; the first gives what is said of the artifact
  /// @param name of the artifact, in place of the paths that Trivy was given
  public static ObjectNode merge(List<JsonNode> reports, String name) {
    var merged = (ObjectNode) reports.getFirst();
    var results = new LinkedHashMap<List<String>, ObjectNode>();
    for (var report : reports) {
      var scanned = report.path("ArtifactName").asText();
      for (var result : report.path("Results")) {
        var one = (ObjectNode) result;
        var target = one.path("Target").asText();
        one.put("Target", scanned.isEmpty() ? target : target.replace(scanned, name));
        results.merge(identity(one), one, Reports::join);
      }
    }
    merged.put("ArtifactName", name);
    merged.putArray("Results").addAll(results.values());
    Redaction.redact(merged);
    return merged;
  }

  /// Leaves what lies in the artifact and not what is wrong with it: what an SBOM is made from.
  public static ObjectNode inventory(ObjectNode merged) {
    var wrong = Set.of("Vulnerabilities", "Misconfigurations", "MisconfSummary", "Secrets");
    for (var result : merged.path("Results")) {
      ((ObjectNode) result).remove(wrong);
    }
    return merged;
  }

  private static List<String> identity(ObjectNode result) {
    return List.of(
        result.path("Target").asText(),
        result.path("Class").asText(),
        result.path("Type").asText());
  }

  private static ObjectNode join(ObjectNode one, ObjectNode other) {
    for (var field : List.copyOf(other.properties())) {
      if (one.get(field.getKey()) instanceof ArrayNode ours
          && field.getValue() instanceof ArrayNode theirs) {
        var union = new LinkedHashSet<JsonNode>();
        ours.forEach(union::add);
        theirs.forEach(union::add);
        one.set(field.getKey(), Json.MAPPER.createArrayNode().addAll(union));
      } else if (!one.has(field.getKey())) {
        one.set(field.getKey(), field.getValue());
      }
    }
    return one;
  }
}
