package dev.assay.operator.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assay.operator.signing.PublicRoot.Sight;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Against a repository that go-tuf wrote.
class PublicRootTest {
  private static final String FIRST = new String(FakeMirror.file("trusted_root.json"), UTF_8);
  private static final String SECOND = FIRST + "\n";

  private final WatchedRoot watched = new WatchedRoot();
  private final AtomicInteger changes = new AtomicInteger();

  @AfterEach
  void close() {
    watched.close();
  }

  @Test
  void anOlderRepositoryIsRefused() {
    watched.mirror.serve("second");
    assertThat(watched.changed()).isEqualTo(new Sight.Known(SECOND));

    watched.mirror.serve("first");
    watched.pass(PublicRoot.REFRESHED);

    assertThat(watched.changed())
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
    assertThat(watched.changed()).isEqualTo(new Sight.Known(FIRST));

    watched.setClock(Instant.parse("2099-01-01T00:00:01Z"));

    assertThat(watched.changed())
        .isInstanceOfSatisfying(
            Sight.Aging.class,
            s ->
                assertThat(s.message())
                    .endsWith("timestamp.json: metadata expired at 2099-01-01T00:00:00Z"));
  }

  @Test
  void anUpdateThatStopsHalfwayIsMadeAgainFromItsBeginning() {
    assertThat(watched.changed()).isEqualTo(new Sight.Known(FIRST));
    watched.mirror.serve("second");
    watched.mirror.fail(".snapshot.json");
    watched.pass(PublicRoot.REFRESHED);
    assertThat(watched.changed()).isInstanceOf(Sight.Aging.class);

    watched.mirror.serve("second");
    watched.pass(PublicRoot.FIRST_PAUSE);

    assertThat(watched.changed()).isEqualTo(new Sight.Known(SECOND));
  }

  @Test
  void nothingIsSentUntilSomebodyAsksAndThenOnceADay() {
    assertThat(watched.mirror.requests()).isZero();
    assertThat(watched.root.ask()).isInstanceOf(Sight.NotYet.class);
    await().until(() -> watched.root.ask() instanceof Sight.Known);
    var sent = watched.mirror.requests();

    watched.pass(PublicRoot.REFRESHED.minusSeconds(1));
    watched.root.ask();
    assertThat(watched.mirror.requests()).isEqualTo(sent);

    watched.root.subscribe(changes::incrementAndGet);
    watched.pass(Duration.ofSeconds(1));
    watched.root.ask();
    await()
        .until(
            () -> watched.mirror.requests() == sent + 2); // the next root.json, and the timestamp
    watched.mirror.serve("second");
    await()
        .until(() -> {
          watched.pass(PublicRoot.REFRESHED);
          return watched.root.ask().equals(new Sight.Known(SECOND));
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
}
