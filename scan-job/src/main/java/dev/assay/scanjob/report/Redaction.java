package dev.assay.scanjob.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Takes out of a Trivy report what may hold text of the scanned bytes.
///
/// Trivy masks a secret in its own line and prints the lines around it in clear; checks quote
/// configuration; an image's configuration holds its environment. Where the bytes may speak, only
/// fields that are known to be harmless stay, so that a field of a newer Trivy is left out too.
final class Redaction {
  private static final Set<String> RESULT =
      Set.of(
          "Target",
          "Class",
          "Type",
          "Packages",
          "Vulnerabilities",
          "MisconfSummary",
          "Misconfigurations",
          "Secrets",
          "Licenses");

  private static final Set<String> SECRET =
      Set.of("RuleID", "Category", "Severity", "Title", "StartLine", "EndLine", "Layer");

  /// Not `Message`: some checks quote the value that they object to.
  private static final Set<String> MISCONFIGURATION =
      Set.of(
          "Type",
          "ID",
          "AVDID",
          "Title",
          "Description",
          "Namespace",
          "Query",
          "Resolution",
          "Severity",
          "PrimaryURL",
          "References",
          "Status",
          "CauseMetadata",
          "Layer");

  private static final Set<String> CAUSE = Set.of("Provider", "Service", "StartLine", "EndLine");

  private static final Set<String> LICENSE =
      Set.of("Severity", "Category", "PkgName", "FilePath", "Name", "Confidence", "Link");

  private static final Set<String> METADATA =
      Set.of("Size", "OS", "ImageID", "DiffIDs", "RepoTags", "RepoDigests", "Layers");

  private static final Set<String> REPORT =
      Set.of(
          "SchemaVersion",
          "Trivy",
          "ReportID",
          "CreatedAt",
          "ArtifactID",
          "ArtifactName",
          "ArtifactType",
          "Metadata",
          "Results");

  /// Credentials in the URL of a dependency.
  private static final Pattern USER_INFO = Pattern.compile("(://)[^/@\\s\"']+@");

  private Redaction() {}

  /// Changes the report in place.
  static void redact(ObjectNode report) {
    report.retain(REPORT);
    retain(report.path("Metadata"), METADATA);
    for (var result : report.path("Results")) {
      retain(result, RESULT);
      result.path("Secrets").forEach(secret -> retain(secret, SECRET));
      for (var misconfiguration : result.path("Misconfigurations")) {
        retain(misconfiguration, MISCONFIGURATION);
        retain(misconfiguration.path("CauseMetadata"), CAUSE);
      }
      result.path("Licenses").forEach(license -> retain(license, LICENSE));
    }
    withoutCredentials(report);
  }

  private static void retain(JsonNode node, Set<String> fields) {
    if (node instanceof ObjectNode object) {
      object.retain(fields);
    }
  }

  private static void withoutCredentials(JsonNode node) {
    switch (node) {
      case ObjectNode object ->
          List.copyOf(object.properties())
              .forEach(field -> {
                if (field.getValue() instanceof TextNode text) {
                  object.put(field.getKey(), masked(text.textValue()));
                } else {
                  withoutCredentials(field.getValue());
                }
              });
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          if (array.get(i) instanceof TextNode text) {
            array.set(i, masked(text.textValue()));
          } else {
            withoutCredentials(array.get(i));
          }
        }
      }
      default -> {}
    }
  }

  private static String masked(String text) {
    return text.contains("://") ? USER_INFO.matcher(text).replaceAll("$1***@") : text;
  }
}
