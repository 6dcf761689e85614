package dev.assay.operator.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.api.ScanPolicy;
import dev.assay.api.scanpolicy.ScanPolicySpec;
import dev.assay.wire.Json;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Golden files: whole objects, as they are sent. `-Dgolden.files=write` writes them anew; read the
/// difference before you commit it.
class JobObjectsTest {
  private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);
  private static final Path GOLDEN = Path.of("src/test/resources/dev/assay/operator/scan");

  record Case(String file, Object object) {
    @Override
    public String toString() {
      return file;
    }
  }

  static Stream<Case> cases() {
    var plain = policy("plain", "{}");
    var busy =
        policy(
            "busy",
            """
            {"scanners":["vuln"],"report":{"sbomFormat":"spdx-json"},
             "engine":{"mode":"Server","serverURL":"http://trivy.tools:4954","offline":false,
               "javaDBRepository":"mirror.example:5000/java-db:1"},
             "job":{"timeout":"10m","ttlAfterFinished":"5m","nodeSelector":{"disk":"ssd"},
               "tolerations":[{"key":"scan","operator":"Equal","value":"yes","effect":"NoExecute",
                 "tolerationSeconds":60}],
               "resources":{"requests":{"cpu":"1"},"limits":{"memory":"4Gi","cpu":"2"}},
               "cache":{"emptyDir":{"sizeLimit":"1Gi"}}}}
            """);
    var own = policy("own", "{\"job\":{\"cache\":{\"claimName\":\"mine\"}}}");
    return Stream.of(
        new Case("scan-plain.yaml", scan(plain)),
        new Case("scan-busy.yaml", scan(busy)),
        new Case("scan-own-claim.yaml", scan(own)),
        new Case("database-plain.yaml", database(plain)),
        new Case("database-busy.yaml", database(busy)),
        new Case("claim.yaml", claim(plain)),
        new Case("network-plain.yaml", network(plain)),
        new Case("network-busy.yaml", network(busy)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void objectsAreExactlyAsReviewed(Case c) throws IOException {
    var yaml = Serialization.asYaml(c.object());
    var file = GOLDEN.resolve(c.file());
    if ("write".equals(System.getProperty("golden.files"))) {
      Files.createDirectories(GOLDEN);
      Files.writeString(file, yaml);
    }

    // As trees: the order of a map's entries says nothing.
    assertThat(tree(yaml)).isEqualTo(tree(Files.readString(file)));
  }

  @Test
  void theSameQuestionHasTheSameName() {
    var inputs = inputs(policy("plain", "{}"));
    var again = ScanRun.of(subject(), inputs, "db-1", 1);

    assertThat(ScanRun.of(subject(), inputs, "db-1", 1)).isEqualTo(again);
    assertThat(again.jobName()).hasSizeLessThanOrEqualTo(63 - "-publish".length());
    assertThat(
            List.of(
                ScanRun.of(subject(), inputs, "db-2", 1).jobName(),
                ScanRun.of(subject(), inputs, "db-1", 2).jobName(),
                ScanRun.of(subject(), inputs(policy("p", "{\"scanners\":[\"vuln\"]}")), "db-1", 1)
                    .jobName()))
        .doesNotHaveDuplicates()
        .doesNotContain(again.jobName());
  }

  @Test
  void reportsLieBelowTheJobAndItsAttempt() {
    var run = ScanRun.named("job", 2, DIGEST, "cyclonedx");
    var prefix = ".assay/reports/" + "0123456789abcdef".repeat(4) + "/job/";

    assertThat(ScanRun.ReportKeys.prefix(DIGEST, "job")).isEqualTo(prefix);
    assertThat(run.keys())
        .isEqualTo(
            new ScanRun.ReportKeys(
                prefix + "2/report.json.gz",
                prefix + "2/sbom.cdx.json.gz",
                prefix + "2/findings.json.gz"));
    assertThat(run.fetchSecret()).isEqualTo("job-fetch");
    assertThat(run.publishSecret()).isEqualTo("job-publish");
  }

  record Disk(long size, long most, ScanStorage storage) {}

  static Stream<Disk> disks() {
    var gib = 1L << 30;
    var mib = 1L << 20;
    return Stream.of(
        new Disk(
            0,
            10 * gib,
            new ScanStorage(gib, gib + 512 * mib, 128 * mib, 2 * gib + 1024 * mib + 128 * mib)),
        new Disk(
            100 * mib,
            10 * gib,
            new ScanStorage(
                2000 * mib,
                (100 + 2000 + 512) * mib,
                328 * mib,
                2 * (100 + 2000 + 512) * mib + 128 * mib)),
        new Disk(
            gib,
            10 * gib,
            new ScanStorage(
                10 * gib,
                11 * gib + 512 * mib,
                2 * gib + 128 * mib,
                22 * gib + 1024 * mib + 128 * mib)),
        new Disk(
            mib,
            mib,
            new ScanStorage(gib, gib + 513 * mib, 130 * mib, 2 * (gib + 513 * mib) + 128 * mib)));
  }

  @ParameterizedTest
  @MethodSource("disks")
  void diskGrowsWithTheBytesToALimit(Disk c) {
    assertThat(ScanStorage.of(c.size(), c.most())).isEqualTo(c.storage());
  }

  private static JsonNode tree(String yaml) {
    return Serialization.unmarshal(yaml, JsonNode.class);
  }

  private static Object scan(ScanPolicy policy) {
    var inputs = inputs(policy);
    return new ScanJob(
            subject(),
            ScanRun.named("assay-scan-1", 1, DIGEST, inputs.sbomFormat()),
            policy.getMetadata().getName(),
            inputs,
            JobSettings.of(policy.getSpec()),
            Cache.of(policy.getSpec(), inputs))
        .object();
  }

  private static Object database(ScanPolicy policy) {
    var inputs = inputs(policy);
    return new DatabaseJob(
            policy,
            inputs,
            JobSettings.of(policy.getSpec()),
            Cache.of(policy.getSpec(), inputs),
            7,
            2)
        .object();
  }

  private static Object claim(ScanPolicy policy) {
    var inputs = inputs(policy);
    return CacheClaim.of(
        "team",
        (Cache.Shared) Cache.of(policy.getSpec(), inputs),
        Cache.of(policy.getSpec(), inputs).databaseKey(inputs),
        List.of(policy, policy("another", "{}")));
  }

  private static Object network(ScanPolicy policy) {
    var inputs = inputs(policy);
    return ScanNetwork.of(policy, inputs, Cache.of(policy.getSpec(), inputs));
  }

  private static ScanSubject subject() {
    return new ScanSubject(
        "team",
        "agent-1.4.2",
        "11111111-2222-3333-4444-555555555555",
        DIGEST,
        100L << 20,
        "Archive",
        "agent.tar.gz",
        "application/gzip");
  }

  private static ScanInputs inputs(ScanPolicy policy) {
    return ScanInputs.of(policy.getSpec(), "example.org/assay-scan:test");
  }

  private static ScanPolicy policy(String name, String spec) {
    var policy = new ScanPolicy();
    policy.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("team")
            .withName(name)
            .withUid("uid-of-" + name)
            .build());
    try {
      policy.setSpec(Json.MAPPER.readValue(spec, ScanPolicySpec.class));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
    return policy;
  }
}
