package dev.assay.operator.images;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.scanpolicy.ImageVerdict;
import dev.assay.api.scanpolicy.ImageVerdict.State;
import dev.assay.operator.status.Announcement;
import dev.assay.policy.image.PinnedImage;
import dev.assay.policy.signature.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ImagePlanTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final PinnedImage APP = image("app");
  private static final PinnedImage WEB = image("web");
  private static final String RULES = "sha256:rules";
  private static final String OLD = "sha256:old";

  /// @param was verdict in status
  /// @param look of this process
  /// @param verdict state, message and how long ago it was found; empty for none
  /// @param due in how long; negative is now
  record Case(
      String name, @Nullable ImageVerdict was, @Nullable Look look, String verdict, Duration due) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    var now = Duration.ZERO;
    return Stream.of(
        new Case("a new image is looked at", null, null, "", now),
        new Case(
            "what another process verified holds a day",
            was(State.Verified, RULES, ofHours(1)),
            null,
            "Verified it 1h",
            ofHours(23)),
        new Case(
            "a day is over", was(State.Verified, RULES, ofDays(1)), null, "Verified it 24h", now),
        new Case(
            "without a time it is looked at",
            new ImageVerdict(APP.toString(), State.Verified, "it", RULES, null),
            null,
            "Verified it ?",
            now),
        new Case(
            "what another process refused is looked at",
            was(State.Refused, RULES, ofSeconds(1)),
            null,
            "Refused it 0h",
            now),
        new Case(
            "what another process did not know is looked at",
            was(State.Unknown, RULES, ofSeconds(1)),
            null,
            "Unknown it 0h",
            now),
        new Case(
            "other rules void it, and it stays until they have spoken",
            was(State.Verified, OLD, ofHours(1)),
            null,
            "Verified it 1h old",
            now),
        new Case(
            "a look by other rules is none",
            was(State.Verified, OLD, ofHours(1)),
            look(State.Verified, "it", OLD, ofHours(1), 1),
            "Verified it 1h old",
            now),
        new Case(
            "a look makes a verdict",
            null,
            look(State.Verified, "by", RULES, ofHours(2), 1),
            "Verified by 2h",
            ofHours(22)),
        new Case(
            "a look makes a verdict by the new rules",
            was(State.Verified, OLD, ofHours(3)),
            look(State.Refused, "why", RULES, ofSeconds(10), 1),
            "Refused why 0h",
            ofSeconds(20)),
        new Case(
            "the same finding keeps its time",
            was(State.Refused, RULES, ofHours(3)),
            look(State.Refused, "it", RULES, ofSeconds(10), 3),
            "Refused it 3h",
            ofSeconds(110)),
        new Case(
            "another message is another finding",
            was(State.Refused, RULES, ofHours(3)),
            look(State.Refused, "why", RULES, ofHours(1), 9),
            "Refused why 1h",
            now),
        new Case(
            "what is refused may be signed later",
            was(State.Refused, RULES, ofHours(3)),
            look(State.Verified, "it", RULES, ofHours(1), 1),
            "Verified it 1h",
            ofHours(23)),
        new Case(
            "what is verified may be withdrawn",
            was(State.Verified, RULES, ofHours(3)),
            look(State.Refused, "it", RULES, now, 1),
            "Refused it 0h",
            ofSeconds(30)),
        new Case(
            "a registry that is away leaves it verified",
            was(State.Verified, RULES, ofHours(30)),
            look(State.Unknown, "away", RULES, now, 1),
            "Verified it 30h",
            ofSeconds(5)),
        new Case(
            "a registry that is away leaves it refused",
            was(State.Refused, RULES, ofHours(30)),
            look(State.Unknown, "away", RULES, now, 2),
            "Refused it 30h",
            ofSeconds(10)),
        new Case(
            "a registry that is away says so of a new image",
            null,
            look(State.Unknown, "away", RULES, ofSeconds(1), 1),
            "Unknown away 0h",
            ofSeconds(4)),
        new Case(
            "a registry that is still away is no news",
            was(State.Unknown, RULES, ofHours(1)),
            look(State.Unknown, "it", RULES, now, 4),
            "Unknown it 1h",
            ofSeconds(40)),
        new Case(
            "a registry that is away for another reason is",
            was(State.Unknown, RULES, ofHours(1)),
            look(State.Unknown, "away", RULES, now, 4),
            "Unknown away 0h",
            ofSeconds(40)),
        new Case(
            "a registry that is away does not uphold what other rules said",
            was(State.Verified, OLD, ofHours(1)),
            look(State.Unknown, "away", RULES, now, 1),
            "Unknown away 0h",
            ofSeconds(5)),
        new Case(
            "a registry that is back is asked",
            was(State.Unknown, RULES, ofHours(1)),
            look(State.Refused, "it", RULES, now, 1),
            "Refused it 0h",
            ofSeconds(30)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void oneImage(Case c) {
    var seen = facts(Set.of(APP), Map.of(), c.was(), c.look(), Set.of());

    var plan = ImagePlan.decide(seen, NOON);

    assertThat(plan.verdicts().stream().map(ImagePlanTest::shown).toList())
        .isEqualTo(c.verdict().isEmpty() ? List.of() : List.of(c.verdict()));
    var isDue = c.due().isZero();
    assertThat(plan.verify()).isEqualTo(isDue ? List.of(APP) : List.of());
    assertThat(plan.wakeAt()).isEqualTo(isDue ? Optional.empty() : Optional.of(NOON.plus(c.due())));

    var meanwhile =
        ImagePlan.decide(facts(Set.of(APP), Map.of(), c.was(), c.look(), Set.of(APP)), NOON);
    assertThat(meanwhile.verify()).isEmpty();
    assertThat(meanwhile.wakeAt()).isEmpty();
    assertThat(meanwhile.verdicts()).isEqualTo(plan.verdicts());
  }

  @ParameterizedTest
  @CsvSource({
    "Refused, 1, 30", "Refused, 2, 60", "Refused, 5, 480", "Refused, 6, 600", "Refused, 99, 600",
    "Unknown, 1, 5", "Unknown, 2, 10", "Unknown, 8, 600", "Verified, 1, 86400", "Verified, 9, 86400"
  })
  void pausesGrow(State state, int attempt, long seconds) {
    var look = new Look(state, "", RULES, NOON, attempt);

    assertThat(look.next(Optional.empty())).isEqualTo(NOON.plusSeconds(seconds));
    assertThat(look.next(Optional.of(NOON))).isEqualTo(NOON.plusSeconds(seconds));
    var first = state == State.Refused ? 30 : 5;
    assertThat(look.next(Optional.of(NOON.plusMillis(1))))
        .isEqualTo(NOON.plusSeconds(state == State.Verified ? seconds : first));
  }

  @Test
  void attemptsCountTheSameFinding() {
    var first = Look.after(Optional.empty(), State.Refused, "a", RULES, NOON);
    var second = Look.after(Optional.of(first), State.Refused, "b", RULES, NOON);

    assertThat(first.attempt()).isEqualTo(1);
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(Look.after(Optional.of(second), State.Unknown, "b", RULES, NOON).attempt())
        .isEqualTo(1);
    assertThat(Look.after(Optional.of(second), State.Refused, "b", OLD, NOON).attempt())
        .isEqualTo(1);
  }

  @Test
  void aLongMessageIsCut() {
    assertThat(new Look(State.Refused, "x".repeat(512), RULES, NOON, 1).message())
        .isEqualTo("x".repeat(512));
    assertThat(new Look(State.Refused, "x".repeat(513), RULES, NOON, 1).message())
        .hasSize(512)
        .endsWith("x…");
  }

  @Test
  void statusHasWholeSeconds() {
    var look = new Look(State.Verified, "by", RULES, NOON.plusMillis(1500), 1);

    assertThat(
            ImagePlan.decide(facts(Set.of(APP), Map.of(), null, look, Set.of()), NOON).verdicts())
        .extracting(ImageVerdict::checkedAt)
        .containsExactly(NOON.plusSeconds(1));
  }

  @Test
  void whatIsNotInUseIsForgotten() {
    var seen = facts(Set.of(), Map.of(), was(State.Verified, RULES, ofHours(1)), null, Set.of());

    assertThat(ImagePlan.decide(seen, NOON))
        .isEqualTo(new ImagePlan(List.of(), List.of(), List.of(), Optional.empty()));
  }

  @Test
  void untilAllHasBeenSeenNothingIsForgotten() {
    var was = List.of(was(State.Verified, RULES, ofHours(1)));
    var seen =
        new ImageFacts(usable(), false, Set.of(WEB), Map.of(WEB, NOON), was, Map.of(), Set.of());

    assertThat(ImagePlan.decide(seen, NOON))
        .isEqualTo(new ImagePlan(List.of(), was, List.of(), Optional.empty()));
  }

  @Test
  void withoutUsableRulesNothingIsLookedAtAndNothingLost() {
    var was = was(State.Refused, OLD, ofHours(1));
    var seen =
        new ImageFacts(
            new ImageRules.Unusable(),
            true,
            Set.of(APP, WEB),
            Map.of(),
            List.of(was),
            Map.of(),
            Set.of());

    assertThat(ImagePlan.decide(seen, NOON))
        .isEqualTo(new ImagePlan(List.of(), List.of(was), List.of(), Optional.empty()));
  }

  @Test
  void aHintCountsForAnHour() {
    var was = was(State.Verified, RULES, ofHours(1));
    var fresh = facts(Set.of(), Map.of(APP, NOON.minus(ofMinutes(59))), was, null, Set.of());
    var over = facts(Set.of(), Map.of(APP, NOON.minus(ofHours(1))), was, null, Set.of());

    assertThat(ImagePlan.decide(fresh, NOON).verdicts()).containsExactly(was);
    assertThat(ImagePlan.decide(over, NOON).verdicts()).isEmpty();
    assertThat(
            ImagePlan.decide(facts(Set.of(), Map.of(WEB, NOON), null, null, Set.of()), NOON)
                .verify())
        .containsExactly(WEB);
  }

  @Test
  void aHintEndsALongPause() {
    var refused = look(State.Refused, "it", RULES, ofMinutes(1), 9);

    var waits = facts(Set.of(APP), Map.of(), null, refused, Set.of());
    var asked = facts(Set.of(APP), Map.of(APP, NOON), null, refused, Set.of());

    assertThat(ImagePlan.decide(waits, NOON).verify()).isEmpty();
    assertThat(ImagePlan.decide(asked, NOON).verify()).containsExactly(APP);
  }

  @Test
  void atMost500AreKeptThoseInUseFirst() {
    var inUse = new HashSet<PinnedImage>();
    IntStream.range(0, 498).forEach(i -> inUse.add(image("used-" + i)));
    var hinted = new HashMap<PinnedImage, Instant>();
    IntStream.range(0, 5).forEach(i -> hinted.put(image("hint-" + i), NOON.minusSeconds(i)));
    hinted.put(image("used-1"), NOON);

    var plan =
        ImagePlan.decide(
            new ImageFacts(usable(), true, inUse, hinted, List.of(), Map.of(), Set.of()), NOON);

    assertThat(plan.verify())
        .hasSize(500)
        .containsAll(inUse)
        .endsWith(image("hint-0"), image("hint-1"));
  }

  @Test
  void ofThoseInUseNobodyIsPushedOut() {
    var inUse = new HashSet<PinnedImage>();
    IntStream.range(0, 510).forEach(i -> inUse.add(image("b%03d".formatted(i))));
    var last = new ImageVerdict(image("b509").toString(), State.Verified, "it", RULES, NOON);

    var plan =
        ImagePlan.decide(
            new ImageFacts(usable(), true, inUse, Map.of(), List.of(last), Map.of(), Set.of()),
            NOON);

    assertThat(plan.verdicts()).containsExactly(last);
    assertThat(plan.verify()).hasSize(499).startsWith(image("b000")).endsWith(image("b498"));
  }

  @Test
  void verdictsStandInTheOrderOfTheirNames() {
    var seen =
        new ImageFacts(
            usable(),
            true,
            Set.of(APP, WEB),
            Map.of(),
            List.of(was(WEB, State.Verified, RULES, ofHours(1))),
            Map.of(APP, look(State.Verified, "it", RULES, ofHours(2), 1)),
            Set.of());

    var plan = ImagePlan.decide(seen, NOON);

    assertThat(plan.verdicts())
        .extracting(ImageVerdict::image)
        .containsExactly(APP.toString(), WEB.toString());
    assertThat(plan.wakeAt()).contains(NOON.plus(ofHours(22)));
  }

  @Test
  void aRefusalIsToldOnce() {
    var refused = look(State.Refused, "why", RULES, ofSeconds(1), 1);
    var news =
        new Announcement(
            Announcement.Type.Warning, "VerificationError", "image %s: why".formatted(APP));

    assertThat(news(Set.of(APP), null, refused)).containsExactly(news);
    assertThat(news(Set.of(APP), was(State.Verified, RULES, ofHours(1)), refused))
        .containsExactly(news);
    assertThat(news(Set.of(APP), was(State.Unknown, RULES, ofHours(1)), refused))
        .containsExactly(news);
    assertThat(news(Set.of(APP), was(State.Refused, RULES, ofHours(1)), refused)).isEmpty();
    assertThat(news(Set.of(APP), was(State.Refused, OLD, ofHours(1)), refused)).isEmpty();
    assertThat(news(Set.of(APP), null, look(State.Unknown, "why", RULES, ofSeconds(1), 1)))
        .isEmpty();
    var hinted = facts(Set.of(), Map.of(APP, NOON), null, refused, Set.of());
    assertThat(ImagePlan.decide(hinted, NOON).news()).isEmpty();
  }

  private static List<Announcement> news(
      Set<PinnedImage> inUse, @Nullable ImageVerdict was, Look look) {
    return ImagePlan.decide(facts(inUse, Map.of(), was, look, Set.of()), NOON).news();
  }

  private static ImageFacts facts(
      Set<PinnedImage> inUse,
      Map<PinnedImage, Instant> hinted,
      @Nullable ImageVerdict was,
      @Nullable Look look,
      Set<PinnedImage> underWay) {
    return new ImageFacts(
        usable(),
        true,
        inUse,
        hinted,
        was == null ? List.of() : List.of(was),
        look == null ? Map.of() : Map.of(APP, look),
        underWay);
  }

  private static ImageRules usable() {
    return new ImageRules.Usable(RULES, List.of());
  }

  private static PinnedImage image(String name) {
    return new PinnedImage("host.example", name, Sha256.of(name));
  }

  private static ImageVerdict was(State state, String rules, Duration ago) {
    return was(APP, state, rules, ago);
  }

  private static ImageVerdict was(PinnedImage image, State state, String rules, Duration ago) {
    return new ImageVerdict(image.toString(), state, "it", rules, NOON.minus(ago));
  }

  private static Look look(State state, String message, String rules, Duration ago, int attempt) {
    return new Look(state, message, rules, NOON.minus(ago), attempt);
  }

  private static String shown(ImageVerdict verdict) {
    var at = verdict.checkedAt();
    return "%s %s %s%s"
        .formatted(
            verdict.state(),
            verdict.message(),
            at == null ? "?" : Duration.between(at, NOON).toHours() + "h",
            verdict.rulesDigest().equals(OLD) ? " old" : "");
  }
}
