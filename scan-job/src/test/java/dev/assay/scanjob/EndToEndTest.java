package dev.assay.scanjob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.scanjob.http.StubStore;
import dev.assay.scanjob.report.FindingsOf;
import dev.assay.wire.Json;
import dev.assay.wire.scan.Findings;
import dev.assay.wire.scan.ScanSummary;
import dev.assay.wire.scan.ScanSummary.Counts;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The whole Job with the real Trivy, its databases from `hack/fixtures`.
class EndToEndTest {
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path directory;
  private Job job;

  @BeforeEach
  void start() throws Exception {
    job = new Job(directory);
  }

  @AfterEach
  void stop() {
    job.close();
  }

  record Case(String sample, String type, String fileName, Counts counts, List<String> purls) {
    @Override
    public String toString() {
      return sample;
    }
  }

  static Stream<Case> samples() {
    var lodash = "pkg:npm/lodash@4.17.20";
    var log4j = "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1";
    return Stream.of(
        new Case(
            "agent",
            "Archive",
            "agent.tar.gz",
            new Counts(0, 0, 0, 0, 0, 0),
            List.of("pkg:npm/lodash@4.17.21")),
        new Case(
            "vulnerable",
            "Archive",
            "v.tar.gz",
            new Counts(1, 1, 0, 0, 0, 0),
            List.of(lodash, log4j)),
        new Case("leaky", "Archive", "leaky.tar.gz", new Counts(0, 0, 0, 0, 0, 1), List.of()),
        new Case(
            "aging",
            "Archive",
            "aging.tar.gz",
            new Counts(0, 0, 0, 0, 0, 0),
            List.of("pkg:npm/minimist@1.2.5")),
        new Case("sbom", "SBOM", "sbom.json", new Counts(1, 0, 0, 0, 0, 0), List.of(log4j)),
        new Case("jar", "Binary", "log4j.jar", new Counts(1, 0, 0, 0, 0, 0), List.of(log4j)),
        new Case("jar", "Other", "no-name-of-a-jar", new Counts(1, 0, 0, 0, 0, 0), List.of(log4j)));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void scansAndPublishes(Case c) throws Exception {
    job.of(Tools.sample(c.sample(), directory), c.type(), c.fileName());

    var summary = job.runAll();

    assertThat(summary.outcome()).isEqualTo(ScanSummary.Outcome.Scanned);
    assertThat(summary.counts()).isEqualTo(c.counts());
    assertThat(summary.databaseUpdatedAt()).isEqualTo(FIRST);
    assertThat(summary.trivyVersion()).isEqualTo("0.74.0");
    assertThat(summary.findings())
        .isEqualTo(
            new ScanSummary.Stored(
                ".assay/FINDINGS",
                Job.sha256(job.published("FINDINGS")),
                job.published("FINDINGS").length));
    assertThat(FindingsOf.counts(job.findings())).isEqualTo(c.counts());
    assertThat(Json.MAPPER.readTree(job.text("SBOM")).findValuesAsText("purl"))
        .containsAll(c.purls());
    assertThat(Json.MAPPER.readTree(job.text("SBOM")).path("bomFormat").asText())
        .isEqualTo("CycloneDX");
    assertThat(job.output().resolve(".scratch")).doesNotExist();
    assertThat(Files.size(directory.resolve("log"))).isLessThanOrEqualTo(4096);
  }

  @Test
  void noLineOfASecretIsPublished() throws Exception {
    var leaky = Tools.sample("leaky", directory);
    job.of(leaky, "Archive", "leaky.tar.gz");

    job.runAll();

    assertThat(job.findings().secrets())
        .containsExactly(new Findings.Secret("private-key", "HIGH", "etc/tls/server.key", 2));
    var all = job.text("REPORT") + job.text("SBOM") + job.text("FINDINGS") + job.message();
    for (var line : keyIn(leaky)) {
      assertThat(all).doesNotContain(line);
    }
  }

  @Test
  void anSbomInSpdxIsGivenWhereThePolicyAsks() throws Exception {
    job.of(Tools.sample("vulnerable", directory), "Archive", "v.tar.gz")
        .with("ASSAY_SBOM_FORMAT", "spdx-json");

    job.runAll();

    assertThat(Json.MAPPER.readTree(job.text("SBOM")).path("spdxVersion").asText())
        .isEqualTo("SPDX-2.3");
    assertThat(job.text("SBOM")).contains("pkg:npm/lodash@4.17.20");
  }

  @Test
  void aBombIsUnscannableAndNoFailure() throws Exception {
    job.of(Tools.sample("bomb", directory), "Archive", "bomb.gz");

    var summary = job.runAll();

    assertThat(summary.outcome()).isEqualTo(ScanSummary.Outcome.Unscannable);
    assertThat(summary.reason()).isEqualTo("CompressionBomb");
    assertThat(summary.counts()).isNull();
    assertThat(job.hasPublished("REPORT")).isFalse();
  }

  @Test
  void whatSaysItIsAnSbomAndIsNoneIsUnscannable() throws Exception {
    job.of("{}".getBytes(StandardCharsets.UTF_8), "SBOM", "x.json");

    assertThat(job.runAll().reason()).isEqualTo("NotAnSbom");
  }

  @Test
  void whatSaysItIsAnImageAndIsNoneIsUnscannable() throws Exception {
    job.of(Tools.sample("agent", directory), "Image", "x.tar");

    assertThat(job.runAll().reason()).isEqualTo("NotAnImage");
  }

  @Test
  void withoutADatabaseTheScanFailsAndSaysWhatToDo() throws Exception {
    job.of(Tools.sample("aging", directory), "Archive", "a.tgz")
        .with("ASSAY_CACHE", Files.createDirectories(directory.resolve("none")).toString());

    assertThat(job.run("fetch")).isZero();
    assertThat(job.run("scan")).isEqualTo(1);

    assertThat(job.failure().reason()).isEqualTo("DatabaseUnavailable");
    assertThat(job.failure().step()).isEqualTo("scan");
  }

  @Test
  void withoutAJavaIndexAJarFailsTheScan() throws Exception {
    var cache = Files.createDirectories(directory.resolve("cache/db"));
    for (var file : List.of("trivy.db", "metadata.json")) {
      Files.copy(Tools.fixtures().resolve("cache/db").resolve(file), cache.resolve(file));
    }
    job.of(Tools.sample("jar", directory), "Binary", "a.jar")
        .with("ASSAY_CACHE", directory.resolve("cache").toString());

    assertThat(job.run("fetch")).isZero();
    assertThat(job.run("scan")).isEqualTo(1);

    assertThat(job.failure().reason()).isEqualTo("DatabaseUnavailable");
  }

  @Test
  void aTrivyThatHangsIsEnded() throws Exception {
    var hanging = Files.writeString(directory.resolve("trivy"), "#!/bin/sh\nexec sleep 600\n");
    Files.setPosixFilePermissions(hanging, PosixFilePermissions.fromString("rwx------"));
    job.of(Tools.sample("aging", directory), "Archive", "a.tgz")
        .with("ASSAY_TRIVY", hanging.toString())
        .with("ASSAY_TIMEOUT_SECONDS", "1");

    assertThat(job.run("fetch")).isZero();
    assertThat(job.run("scan")).isEqualTo(1);

    assertThat(job.failure().reason()).isEqualTo("Timeout");
  }

  @Test
  void bytesThatAreNotTheArtifactAreNotScanned() throws Exception {
    job.of(Tools.sample("aging", directory), "Archive", "a.tgz")
        .with("ASSAY_DIGEST", "sha256:" + "0".repeat(64));

    assertThat(job.run("fetch")).isEqualTo(1);

    assertThat(job.failure().reason()).isEqualTo("DigestMismatch");
    assertThat(job.message()).doesNotContain(StubStore.SIGNATURE, "127.0.0.1");
  }

  /// The base64 lines of the planted key.
  private static List<String> keyIn(byte[] archive) throws Exception {
    try (var tar =
        new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(archive)))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.getName().endsWith("server.key")) {
          var lines =
              new String(tar.readAllBytes(), StandardCharsets.UTF_8)
                  .lines()
                  .filter(l -> l.length() > 20)
                  .toList();
          assertThat(lines).hasSizeGreaterThan(20);
          return lines;
        }
      }
    }
    throw new AssertionError("the sample holds no key");
  }
}
