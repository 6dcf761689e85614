package dev.assay.operator.scanpolicy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.Artifact;
import dev.assay.api.Bucket;
import dev.assay.api.scanpolicy.ScanPolicyStatus.Counts;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TallyTest {
  private static final List<Bucket> BUCKETS =
      List.of(
          bucket("releases", "{provider: filesystem, defaultScanPolicyRef: {name: strict}}"),
          bucket("open", "{provider: filesystem}"));

  record Case(String name, Counts counts, List<Artifact> artifacts) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    var plain = "bucketRef: {name: releases}";
    return Stream.of(
        new Case("none", counts(0, 0, 0, 0, 0), List.of()),
        new Case(
            "waiting for a scan under the Bucket's default",
            counts(1, 0, 0, 0, 0),
            List.of(artifact(plain, "{" + scanned("Unknown", "Queued") + "}"))),
        new Case(
            "waiting under the policy that it names",
            counts(1, 0, 0, 0, 0),
            List.of(
                artifact(
                    "bucketRef: {name: open}, scanPolicyRef: {name: strict}",
                    "{" + scanned("Unknown", "Queued") + "}"))),
        new Case(
            "waiting under another policy",
            counts(0, 0, 0, 0, 0),
            List.of(
                artifact(
                    "bucketRef: {name: releases}, scanPolicyRef: {name: lax}",
                    "{" + scanned("Unknown", "Queued") + "}"),
                artifact("bucketRef: {name: open}", "{" + scanned("Unknown", "Queued") + "}"),
                artifact("bucketRef: {name: gone}", "{" + scanned("Unknown", "Queued") + "}"))),
        new Case(
            "being scanned",
            counts(0, 1, 0, 0, 0),
            List.of(
                artifact(plain, "{scan: {jobName: j}, " + scanned("Unknown", "Scanning") + "}"))),
        new Case(
            "clean, and scanned again",
            counts(0, 1, 1, 0, 0),
            List.of(artifact(plain, "{scan: {policy: strict, verdict: Clean, jobName: j}}"))),
        new Case(
            "quarantined",
            counts(0, 0, 0, 1, 0),
            List.of(
                artifact(
                    plain,
                    "{scan: {policy: strict, verdict: Vulnerable}, "
                        + conditions("Quarantined", "True", "VulnerabilitiesFound")
                        + "}"))),
        new Case(
            "out of quarantine",
            counts(0, 0, 1, 0, 0),
            List.of(
                artifact(
                    plain,
                    "{scan: {policy: strict, verdict: Clean}, "
                        + conditions("Quarantined", "False", "Released")
                        + "}"))),
        new Case(
            "scans that fail",
            counts(0, 0, 0, 0, 1),
            List.of(artifact(plain, "{" + scanned("False", "ScanFailed") + "}"))),
        new Case(
            "judged by another policy before",
            counts(0, 0, 0, 0, 0),
            List.of(artifact(plain, "{scan: {policy: lax, verdict: Clean}}"))),
        new Case("not looked at yet", counts(0, 0, 0, 0, 0), List.of(artifact(plain, "null"))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void countsTheArtifactsUnderAPolicy(Case c) {
    assertThat(Tally.of("strict", c.artifacts(), BUCKETS)).isEqualTo(c.counts());
  }

  private static Counts counts(int queued, int running, int clean, int quarantined, int failed) {
    return new Counts(queued, running, clean, quarantined, failed);
  }

  private static String scanned(String status, String reason) {
    return conditions("Scanned", status, reason);
  }

  private static String conditions(String type, String status, String reason) {
    return """
    conditions: [{type: %s, status: "%s", reason: %s, message: "", lastTransitionTime: "2026-11-22T12:00:00Z"}]\
    """
        .formatted(type, status, reason);
  }

  private static Artifact artifact(String spec, String status) {
    return Serialization.unmarshal(
        """
        metadata: {namespace: team, name: a}
        spec: {type: Binary, version: "1", source: {upload: {}}, %s}
        status: %s
        """
            .formatted(spec, status),
        Artifact.class);
  }

  private static Bucket bucket(String name, String spec) {
    return Serialization.unmarshal(
        "metadata: {namespace: team, name: " + name + "}\nspec: " + spec + "\n", Bucket.class);
  }
}
