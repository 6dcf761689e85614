package dev.assay.operator.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assay.operator.signing.PublicRoot.Sight;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Against a repository that go-tuf wrote, whose mirror is told to lie.
class PublicRootTest {
  private static final String FIRST = new String(FakeMirror.file("trusted_root.json"), UTF_8);
  private static final String SECOND = FIRST + "\n";

  private final FakeMirror mirror = new FakeMirror();
  private final HandSet clock = new HandSet();
  private final PublicRoot root = new PublicRoot(mirror, clock);
  private final AtomicInteger changes = new AtomicInteger();

  private static final class HandSet extends Clock {
    private volatile Instant now = Instant.parse("2030-01-01T00:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  record Attack(String name, Consumer<PublicRootTest> arranged, String message) {
    @Override
    public String toString() {
      return name;
    }
  }

  @AfterEach
  void close() {
    mirror.close();
  }

  static Stream<Attack> attacks() {
    return Stream.of(
        new Attack(
            "the target is another",
            t -> t.mirror.forge(".trusted_root.json", SECOND.replace('a', 'b').getBytes(UTF_8)),
            "trusted_root.json: its digest is another one than signed metadata say"),
        new Attack(
            "the target is longer",
            t -> t.mirror.forge(".trusted_root.json", (SECOND + " ").getBytes(UTF_8)),
            "trusted_root.json: body exceeds capacity: 3899"),
        new Attack(
            "the target is gone",
            t -> t.mirror.forge(".trusted_root.json", new byte[0]),
            "trusted_root.json: the mirror does not have it"),
        new Attack(
            "the timestamp is signed by another key",
            t -> t.mirror.forge("timestamp.json", FakeMirror.file("foreign/timestamp.json")),
            "timestamp.json: expected signatures by 1 of the keys that count, found 0"),
        new Attack(
            "the next root is signed by another key",
            t -> t.mirror.forge("2.root.json", FakeMirror.file("foreign/1.root.json")),
            "root.json: expected signatures by 1 of the keys that count, found 0"),
        new Attack(
            "the next root is the first again",
            t -> t.mirror.forge("2.root.json", FakeMirror.file("first/1.root.json")),
            "root.json: expected version 2 or newer, found 1"),
        new Attack(
            "the mirror is out of order",
            t -> t.mirror.fail(".json"),
            "root.json: the mirror answers with status 500"),
        new Attack(
            "the mirror answers with a page",
            t -> t.mirror.forge("timestamp.json", "<html>log in".getBytes(UTF_8)),
            "timestamp.json: no TUF metadata"),
        new Attack(
            "metadata never end",
            t -> t.mirror.forge("timestamp.json", new byte[200_000]),
            "timestamp.json: body exceeds capacity: 101376"),
        new Attack(
            "the root is too large for status",
            t -> {
              t.mirror.serve("large");
              t.mirror.forge(".trusted_root.json", (FIRST + " ".repeat(127_175)).getBytes(UTF_8));
            },
            "trusted_root.json: body exceeds capacity: 131072"),
        new Attack(
            "the root is of no use",
            t -> t.mirror.serve("unusable"),
            "trusted_root.json names no certificate authority"),
        new Attack(
            "metadata are expired",
            t -> t.clock.now = Instant.parse("2099-01-01T00:00:01Z"),
            "timestamp.json: metadata expired at 2099-01-01T00:00:00Z"));
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void nothingIsTakenFromAMirrorThatLies(Attack attack) {
    mirror.serve("second");
    attack.arranged().accept(this);

    var sight = changed();

    assertThat(sight)
        .isInstanceOfSatisfying(
            Sight.NotYet.class,
            s ->
                assertThat(s.message())
                    .startsWith("the public Sigstore's trust root could not be fetched from http:")
                    .contains(attack.message()));
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void theLastGoodRootStaysThenAndTheNextGoodOneIsTaken(Attack attack) {
    assertThat(changed()).isEqualTo(new Sight.Known(FIRST));
    mirror.serve("second");
    clock.now = clock.now.plus(PublicRoot.REFRESHED);
    var before = clock.now;
    attack.arranged().accept(this);

    var sight = changed();

    assertThat(sight)
        .isInstanceOfSatisfying(
            Sight.Aging.class,
            s -> {
              assertThat(s.json()).isEqualTo(FIRST);
              assertThat(s.message()).contains("could not be refreshed").contains(attack.message());
            });

    if (clock.now.equals(before)) {
      mirror.serve("second");
      clock.now = before.plus(PublicRoot.FIRST_PAUSE);
      assertThat(changed()).isEqualTo(new Sight.Known(SECOND));
    }
  }

  @Test
  void anOlderRepositoryIsRefused() {
    mirror.serve("second");
    assertThat(changed()).isEqualTo(new Sight.Known(SECOND));

    mirror.serve("first");
    clock.now = clock.now.plus(PublicRoot.REFRESHED);

    assertThat(changed())
        .isInstanceOfSatisfying(
            Sight.Aging.class,
            s -> {
              assertThat(s.json()).isEqualTo(SECOND);
              assertThat(s.message())
                  .endsWith("timestamp.json: expected version 2 or newer, found 1");
            });
  }

  @Test
  void aMirrorThatAlwaysAnswersTheSameIsToldOnceThatIsExpired() {
    assertThat(changed()).isEqualTo(new Sight.Known(FIRST));

    clock.now = Instant.parse("2099-01-01T00:00:01Z");

    assertThat(changed())
        .isInstanceOfSatisfying(
            Sight.Aging.class,
            s ->
                assertThat(s.message())
                    .endsWith("timestamp.json: metadata expired at 2099-01-01T00:00:00Z"));
  }

  @Test
  void anUpdateThatStopsHalfwayIsMadeAgainFromItsBeginning() {
    assertThat(changed()).isEqualTo(new Sight.Known(FIRST));
    mirror.serve("second");
    mirror.fail(".snapshot.json");
    clock.now = clock.now.plus(PublicRoot.REFRESHED);
    assertThat(changed()).isInstanceOf(Sight.Aging.class);

    mirror.serve("second");
    clock.now = clock.now.plus(PublicRoot.FIRST_PAUSE);

    assertThat(changed()).isEqualTo(new Sight.Known(SECOND));
  }

  @Test
  void nothingIsSentUntilSomebodyAsksAndThenOnceADay() {
    assertThat(mirror.requests()).isZero();
    assertThat(root.ask()).isInstanceOf(Sight.NotYet.class);
    await().until(() -> root.ask() instanceof Sight.Known);
    var sent = mirror.requests();

    clock.now = clock.now.plus(PublicRoot.REFRESHED).minusSeconds(1);
    root.ask();
    assertThat(mirror.requests()).isEqualTo(sent);

    root.subscribe(changes::incrementAndGet);
    clock.now = clock.now.plusSeconds(1);
    root.ask();
    await().until(() -> mirror.requests() == sent + 2); // the next root.json, and the timestamp
    mirror.serve("second");
    await()
        .until(() -> {
          clock.now = clock.now.plus(PublicRoot.REFRESHED);
          return root.ask().equals(new Sight.Known(SECOND));
        });
    await().untilAsserted(() -> assertThat(changes).hasValue(1)); // the same text woke nobody
  }

  @Test
  void pausesDoubleToAnHour() {
    assertThat(Stream.of(0, 1, 6, 7, 1_000_000).map(PublicRoot::pause))
        .containsExactly(
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(32),
            Duration.ofHours(1),
            Duration.ofHours(1));
  }

  /// What is known after the next change.
  private Sight changed() {
    var seen = new AtomicInteger();
    Runnable count = seen::incrementAndGet;
    root.subscribe(count);
    root.ask();
    await().untilAsserted(() -> assertThat(seen).hasPositiveValue());
    root.unsubscribe(count);
    return root.ask();
  }
}
