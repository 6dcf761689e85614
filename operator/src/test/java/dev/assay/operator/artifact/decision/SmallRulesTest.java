package dev.assay.operator.artifact.decision;

import static dev.assay.operator.artifact.decision.Given.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.artifact.ArtifactStatusBuilder;
import dev.assay.operator.status.Conditions;
import dev.assay.operator.status.Draft;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@NullUnmarked // a null here fails the test, as it should
class SmallRulesTest {
  private static final Duration DAY = Duration.ofHours(24);

  record Key(String name, String asked, String filename, LocationKey expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Key> keys() {
    var long1024 = "k".repeat(1024);
    return Stream.of(
        new Key("a key is taken as it is", "a/b c", "f", new LocationKey.Usable("a/b c")),
        new Key("without one it is made up", "", "f.tgz", new LocationKey.Usable("n/1.0/f.tgz")),
        new Key("without a file name too", "", "", new LocationKey.Usable("n/1.0/n")),
        new Key("the longest fits", long1024, "", new LocationKey.Usable(long1024)),
        new Key(
            "bytes count, not characters",
            "ü".repeat(513),
            "",
            new LocationKey.Refused("the key has 1026 bytes, at most 1024 are possible")),
        new Key(
            "reports are the operator's",
            ".assay/x",
            "",
            new LocationKey.Refused(
                "key '.assay/x' lies below '.assay/', which is kept for reports")),
        new Key(
            "so is the folder itself",
            ".assay",
            "",
            new LocationKey.Refused(
                "key '.assay' lies below '.assay/', which is kept for reports")),
        new Key(
            "a name that begins so is free", ".assays/x", "", new LocationKey.Usable(".assays/x")),
        new Key(
            "an empty segment is ambiguous",
            "a//b",
            "",
            new LocationKey.Refused(
                "key 'a//b' has a segment '', which clients resolve in different ways")),
        new Key(
            "so is a dot",
            "a/./b",
            "",
            new LocationKey.Refused(
                "key 'a/./b' has a segment '.', which clients resolve in different ways")),
        new Key(
            "and two",
            "../b",
            "",
            new LocationKey.Refused(
                "key '../b' has a segment '..', which clients resolve in different ways")),
        new Key(
            "control characters are refused",
            "a\nb",
            "",
            new LocationKey.Refused("the key has a control character")));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void findsTheKey(Key c) {
    assertThat(LocationKey.of(c.asked(), "n", "1.0", c.filename())).isEqualTo(c.expected());
  }

  record Parts(String name, long asked, long max, int urlLength, PartPlan expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Parts> parts() {
    var mib = 1L << 20;
    return Stream.of(
        new Parts("as asked", 64 * mib, 640 * mib, 700, new PartPlan(64 * mib, 10)),
        new Parts("the last may be short", 64 * mib, 641 * mib, 700, new PartPlan(64 * mib, 11)),
        new Parts("one is enough", 64 * mib, 1, 700, new PartPlan(64 * mib, 1)),
        new Parts("nothing is one part", 64 * mib, 0, 700, new PartPlan(64 * mib, 1)),
        new Parts("S3 has a smallest part", 1, 10 * mib, 700, new PartPlan(5 * mib, 2)),
        new Parts("a thousand fit", 64 * mib, 64_000 * mib, 700, new PartPlan(64 * mib, 1000)),
        new Parts(
            "more makes them larger", 64 * mib, 128_000 * mib, 700, new PartPlan(128 * mib, 1000)),
        new Parts(
            "long URLs make fewer", 64 * mib, 64_000 * mib, 9000, new PartPlan(640 * mib, 100)),
        new Parts("no URL is still a plan", 64 * mib, 64 * mib, 0, new PartPlan(64 * mib, 1)));
  }

  @ParameterizedTest
  @MethodSource("parts")
  void cutsAnUpload(Parts c) {
    assertThat(PartPlan.of(c.asked(), c.max(), c.urlLength())).isEqualTo(c.expected());
  }

  @Test
  void metadataBecomesHeaders() {
    assertThat(
            UserMetadata.sanitised(
                Map.of("Team", "Ops ", "a_b.c", "grün\n", "--", "no name", "team", "second")))
        .isEqualTo(Map.of("team", "Ops", "a-b-c", "gr?n?"));
  }

  @Test
  void metadataIsBoundedInWholeEntries() {
    var exact = Map.of("a", "x".repeat(2045), "b", "y");

    assertThat(UserMetadata.sanitised(exact)).isEqualTo(Map.of("a", "x".repeat(2045), "b", "y"));
    assertThat(UserMetadata.sanitised(Map.of("a", "x".repeat(2045), "b", "yy")))
        .containsOnlyKeys("a");
    assertThat(UserMetadata.sanitised(Map.of("a", "x".repeat(2048), "b", "y")))
        .containsOnlyKeys("b");
  }

  @Test
  void mediaTypesMatchFamilies() {
    assertThat(MediaTypes.allowed("text/html", List.of())).isTrue();
    assertThat(MediaTypes.allowed("text/html", List.of("application/*", "TEXT/*"))).isTrue();
    assertThat(MediaTypes.allowed("Text/HTML", List.of("text/html"))).isTrue();
    assertThat(MediaTypes.allowed("textual/html", List.of("text/*"))).isFalse();
    assertThat(MediaTypes.allowed("text/html", List.of("*/*"))).isTrue();
    assertThat(MediaTypes.allowed("text/html", List.of("application/*"))).isFalse();
  }

  @Test
  void urlsAreRenewedBeforeTwoThirdsOfTheirLifeAndNotAllAtOnce() {
    var times = new HashSet<>();
    for (var i = 0; i < 100; i++) {
      var uid = new UUID(7, i).toString();
      var time = Renewal.time(NOON, DAY, uid);
      assertThat(time)
          .isAfter(NOON.plus(Duration.ofHours(16)).minus(Duration.ofMinutes(145)))
          .isBeforeOrEqualTo(NOON.plus(Duration.ofHours(16)));
      assertThat(Renewal.time(NOON, DAY, uid)).isEqualTo(time);
      times.add(time);
    }
    assertThat(times).hasSizeGreaterThan(80);
  }

  @Test
  void pausesDoubleUpToHalfAnHour() {
    var pauses =
        IntStream.of(1, 2, 3, 8, 9, 50)
            .mapToObj(n -> RetryPace.after(n, Given.UID).toSeconds() / 10 * 10)
            .toList();

    assertThat(pauses.subList(0, 3)).containsExactly(10L, 20L, 40L);
    assertThat(RetryPace.after(8, Given.UID))
        .isBetween(Duration.ofSeconds(1280), Duration.ofSeconds(1408));
    assertThat(RetryPace.after(9, Given.UID))
        .isBetween(Duration.ofMinutes(30), Duration.ofMinutes(33));
    assertThat(RetryPace.after(50, Given.UID)).isEqualTo(RetryPace.after(9, Given.UID));
    assertThat(RetryPace.after(0, Given.UID)).isEqualTo(RetryPace.after(1, Given.UID));
  }

  @Test
  void looksAgainAfterAnHourOrWhenADecisionAsksOrWhenNobodyMayWatch() {
    var calm = new Given().opened().subject();

    assertThat(Recheck.at(calm, Optional.empty(), NOON))
        .isBetween(NOON.plus(Duration.ofHours(1)), NOON.plus(Duration.ofMinutes(66)));
    assertThat(Recheck.at(calm, Optional.of(NOON.plusSeconds(5)), NOON))
        .isEqualTo(NOON.plusSeconds(5));
    assertThat(Recheck.at(calm, Optional.of(NOON.plus(DAY)), NOON))
        .isBefore(NOON.plus(Duration.ofMinutes(67)));
    for (var reason : List.of("NameConflict", "AccessDenied")) {
      assertThat(Recheck.at(stalled(reason), Optional.empty(), NOON))
          .isBetween(NOON.plusSeconds(60), NOON.plusSeconds(66));
    }
    assertThat(Recheck.at(stalled("UploadExpired"), Optional.empty(), NOON))
        .isAfterOrEqualTo(NOON.plus(Duration.ofHours(1)));
    var often = new Given().with(g -> g.interval = "10m").subject();
    assertThat(Recheck.at(often, Optional.empty(), NOON))
        .isBetween(NOON.plus(Duration.ofMinutes(10)), NOON.plus(Duration.ofMinutes(11)));
  }

  private static Subject stalled(String reason) {
    var given = new Given();
    given.status =
        new ArtifactStatusBuilder()
            .conditions(
                Conditions.merge(List.of(), List.of(Draft.holds("Stalled", reason, "")), 1, NOON))
            .build();
    return given.subject();
  }

  @Test
  void theTableOfWhatIsNotBuiltNamesEachFieldOnce() {
    assertThat(NotImplemented.FIELDS)
        .extracting(NotImplemented.Field::path)
        .doesNotHaveDuplicates()
        .containsExactly(
            "spec.source.oci",
            "spec.source.http",
            "spec.source.object",
            "spec.source.artifactRef",
            "spec.delivery.flux");
  }
}
