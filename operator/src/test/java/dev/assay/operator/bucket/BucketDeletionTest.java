package dev.assay.operator.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.Condition;
import dev.assay.api.Condition.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BucketDeletionTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  record Case(
      String name, String spec, boolean terminating, List<String> artifacts, BucketDeletion is) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            "keeps its bytes by default", "", false, List.of(), new BucketDeletion.KeepBytes()),
        new Case(
            "deletes them where asked",
            "deletionPolicy: Delete",
            false,
            List.of(),
            new BucketDeletion.DeleteBytes()),
        new Case(
            "asks nothing where the namespace goes",
            "deletionPolicy: Delete",
            true,
            List.of("a"),
            new BucketDeletion.Finish()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aBucketThatGoes(Case c) {
    var spec = Buckets.with(c.spec()).getSpec();

    assertThat(BucketDeletion.decide(spec, c.terminating(), c.artifacts(), Optional.empty(), NOON))
        .isEqualTo(c.is());
  }

  @Test
  void artifactsBlockAndAreNamed() {
    var some = blocked(List.of("b", "a"), 0);
    var many = blocked(List.of("a", "b", "c", "d", "e", "f", "g"), 0);
    var one = blocked(List.of("a"), 0);

    assertThat(some.drafts())
        .extracting(d -> d.type() + "=" + d.status() + "/" + d.reason())
        .containsExactly("Ready=False/ArtifactsRemain", "DeletionBlocked=True/ArtifactsRemain");
    assertThat(some.drafts().getFirst().message())
        .isEqualTo("Artifacts a, b are still in this Bucket: delete them first");
    assertThat(many.drafts().getFirst().message()).contains("a, b, c, d, e and 2 more are");
    assertThat(one.drafts().getFirst().message()).startsWith("Artifact a is");
  }

  @ParameterizedTest
  @CsvSource({"0, 30", "29, 30", "31, 31", "299, 299", "300, 300", "100000, 300"})
  void looksAgainLessAndLessOften(long waitedSeconds, long nextSeconds) {
    assertThat(blocked(List.of("a"), waitedSeconds).lookAgainIn())
        .isEqualTo(Duration.ofSeconds(nextSeconds));
  }

  private static BucketDeletion.Blocked blocked(List<String> artifacts, long waitedSeconds) {
    var was = new Condition("DeletionBlocked", Status.True, 1L, NOON, "ArtifactsRemain", "");
    return (BucketDeletion.Blocked)
        BucketDeletion.decide(
            Buckets.plain().getSpec(),
            false,
            artifacts,
            Optional.of(was),
            NOON.plusSeconds(waitedSeconds));
  }
}
