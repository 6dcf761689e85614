package dev.assay.scanjob.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.wire.Json;
import dev.assay.wire.scan.Findings;
import dev.assay.wire.scan.ScanSummary;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Over reports recorded from the real Trivy (`trivy-0.74.0/README.md`).
class ReportsTest {
  private static final String DIGEST = "sha256:" + "a".repeat(64);

  @Test
  void theRecordedReportQuotesWhatItScanned() throws Exception {
    assertThat(recorded("fs").toString()).contains("PLANTED-NEIGHBOUR-1", "PLANTED-BEGIN");
  }

  @Test
  void nothingOfTheScannedBytesStays() throws Exception {
    var merged = merged();

    assertThat(merged.toString()).doesNotContain("PLANTED", "\"Code\"", "\"Match\"", "\"Message\"");
    assertThat(merged.findValues("RuleID")).hasSize(1);
    assertThat(merged.findValues("StartLine")).isNotEmpty();
  }

  @Test
  void aFieldThatATrivyOfTomorrowAddsIsLeftOut() throws Exception {
    ObjectNode report = recorded("fs").deepCopy();
    report.put("NewField", "PLANTED");
    for (var result : report.path("Results")) {
      ((ObjectNode) result).put("NewField", "PLANTED");
      result.path("Secrets").forEach(s -> ((ObjectNode) s).put("NewField", "PLANTED"));
      result.path("Misconfigurations").forEach(m -> ((ObjectNode) m).put("NewField", "PLANTED"));
    }

    assertThat(Reports.merge(List.of(report), "a").toString()).doesNotContain("PLANTED");
  }

  @Test
  void credentialsInUrlsAreMasked() throws Exception {
    var report =
        json(
            """
            {"ArtifactName": "x", "Results": [{"Target": "package-lock.json", "Packages": [
              {"ID": "a@git+https://user:PLANTED@host/a.git#1", "References": ["https://PLANTED@host/"]}]}]}\
            """);

    var merged = Reports.merge(List.of(report), "a").toString();

    assertThat(merged).doesNotContain("PLANTED").contains("git+https://***@host/a.git#1");
  }

  @Test
  void anImagesConfigurationIsLeftOut() throws Exception {
    var report =
        json(
            """
            {"ArtifactName": "x", "Metadata": {"Size": 1, "ImageID": "sha256:1",
              "ImageConfig": {"config": {"Env": ["PASSWORD=PLANTED"]}}}}\
            """);

    var merged = Reports.merge(List.of(report), "a");

    assertThat(merged.at("/Metadata/ImageID").asText()).isEqualTo("sha256:1");
    assertThat(merged.toString()).doesNotContain("PLANTED");
  }

  @Test
  void findingsOfBothRunsAreThereOnce() throws Exception {
    var twice =
        Reports.merge(
            List.of(recorded("fs"), recorded("rootfs"), recorded("fs"), recorded("rootfs")), "a");

    assertThat(twice.path("Results")).isEqualTo(merged().path("Results"));
    assertThat(FindingsOf.report(twice, DIGEST).vulnerabilities())
        .extracting(
            Findings.Vulnerability::id,
            Findings.Vulnerability::severity,
            Findings.Vulnerability::purl)
        .containsExactly(
            tuple(
                "CVE-2021-44228",
                "CRITICAL",
                "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1"),
            tuple("CVE-2021-23337", "HIGH", "pkg:npm/lodash@4.17.20"));
  }

  @Test
  void pathsOfThisPodAreReplacedByTheArtifactsName() throws Exception {
    var report =
        json(
            "{\"ArtifactName\": \"/in/tree\", \"Results\": [{\"Target\": \"/in/tree (debian 12)\"}]}");

    var merged = Reports.merge(List.of(report), "agent.tgz");

    assertThat(merged.path("ArtifactName").asText()).isEqualTo("agent.tgz");
    assertThat(merged.at("/Results/0/Target").asText()).isEqualTo("agent.tgz (debian 12)");
  }

  @Test
  void whatAnSbomIsMadeFromHasPackagesAndNothingWrong() throws Exception {
    var inventory = Reports.inventory(merged());

    assertThat(inventory.findValuesAsText("PURL"))
        .contains("pkg:npm/lodash@4.17.20", "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1");
    assertThat(inventory.toString()).doesNotContain("VulnerabilityID", "RuleID", "DS-0002");
  }

  @Test
  void secretsAndChecksAreCounted() throws Exception {
    var findings = FindingsOf.report(merged(), DIGEST);

    assertThat(findings.secrets())
        .containsExactly(new Findings.Secret("private-key", "HIGH", "cfg/server.conf", 3));
    assertThat(findings.misconfigurations()).isEqualTo(4);
    assertThat(FindingsOf.counts(findings)).isEqualTo(new ScanSummary.Counts(1, 1, 0, 0, 0, 1));
  }

  @Test
  void aWordThatIsNoSeverityIsUnknownAndCounted() throws Exception {
    var report =
        json(
            "{\"Results\": [{\"Vulnerabilities\": [{\"VulnerabilityID\": \"CVE-1\", \"Severity\": \"NEGLIGIBLE\"}]}]}");

    var findings = FindingsOf.report(report, DIGEST);

    assertThat(findings.vulnerabilities().getFirst().severity()).isEqualTo("UNKNOWN");
    assertThat(FindingsOf.counts(findings).unknown()).isEqualTo(1);
  }

  @Test
  void noFixIsAbsentAndNotEmpty() throws Exception {
    var report =
        json(
            "{\"Results\": [{\"Vulnerabilities\": [{\"VulnerabilityID\": \"CVE-1\", \"Severity\": \"LOW\", \"FixedVersion\": \"\"}]}]}");

    assertThat(FindingsOf.report(report, DIGEST).vulnerabilities().getFirst().fixedVersion())
        .isNull();
  }

  private static ObjectNode merged() throws IOException {
    return Reports.merge(List.of(recorded("fs"), recorded("rootfs")), "a");
  }

  private static JsonNode recorded(String name) throws IOException {
    try (var in = ReportsTest.class.getResourceAsStream("/trivy-0.74.0/" + name + ".json")) {
      return Json.MAPPER.readTree(in);
    }
  }

  private static JsonNode json(String text) throws IOException {
    return Json.MAPPER.readTree(text);
  }
}
