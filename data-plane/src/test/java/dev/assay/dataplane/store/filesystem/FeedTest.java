package dev.assay.dataplane.store.filesystem;

import static dev.assay.dataplane.store.filesystem.Fixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.dataplane.store.FeedAnswer;
import dev.assay.wire.control.Change;
import dev.assay.wire.control.VersionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedTest {
  private Fixture fixture;

  @BeforeEach
  void open(@TempDir Path root) throws IOException {
    fixture = new Fixture(root);
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  @Test
  void aReaderResumesWhereItWasAlsoAfterARestart() throws Exception {
    var start = fixture.cursor();
    var version = fixture.stored("k", bytes("bytes"));
    var first = Fixture.news(fixture.store.changes(start, Duration.ZERO, 1));
    var released = fixture.change(version, VersionState.Released);

    fixture.reopen(Fixture.WHEN_READY);
    fixture.store.deleteVersion(version.versionId());

    assertThat(first.changes())
        .singleElement()
        .isInstanceOfSatisfying(
            Change.VersionStored.class, c -> assertThat(c.version()).isEqualTo(version));
    var rest = fixture.feed(first.cursor());
    assertThat(rest).hasSize(2);
    assertThat(rest.get(0))
        .isInstanceOfSatisfying(
            Change.StateChanged.class, c -> assertThat(c.version()).isEqualTo(released));
    assertThat(rest.get(1)).isInstanceOf(Change.VersionDeleted.class);
    assertThat(rest).extracting(Change::seq).isSorted();
  }

  @Test
  void aWaitingReaderIsWokenByNews() throws Exception {
    var cursor = fixture.cursor();
    var reading = new CountDownLatch(1);
    var answer =
        CompletableFuture.supplyAsync(() -> {
          reading.countDown();
          try {
            return fixture.store.changes(cursor, Duration.ofMinutes(1), 10);
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();

    fixture.stored("k", bytes("bytes"));

    assertThat(Fixture.news(answer.get(30, TimeUnit.SECONDS)).changes()).hasSize(1);
  }

  @Test
  void aReaderIsLetGoWhenTheStoreCloses(@TempDir Path root) throws Exception {
    var other = new Fixture(root);
    var cursor = other.cursor();
    var answer =
        CompletableFuture.supplyAsync(() -> {
          try {
            return other.store.changes(cursor, Duration.ofMinutes(1), 10);
          } catch (IOException | InterruptedException e) {
            return new FeedAnswer.Gone("closed");
          }
        });

    other.close();

    assertThat(answer.get(30, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void withoutNewsTheAnswerIsEmptyAndTheCursorStays() throws Exception {
    fixture.stored("k", bytes("bytes"));
    var cursor = fixture.cursor();

    var answer = Fixture.news(fixture.store.changes(cursor, Duration.ofMillis(1), 10));

    assertThat(answer.changes()).isEmpty();
    assertThat(answer.cursor()).isEqualTo(cursor);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "x.1", "EPOCH.", "EPOCH.-1", "EPOCH.99", "EPOCH.1x"})
  void aCursorThatNobodyGaveIsGone(String cursor) throws Exception {
    var text = cursor.replace("EPOCH", fixture.store.epoch());

    assertThat(fixture.store.changes(text, Duration.ZERO, 1)).isInstanceOf(FeedAnswer.Gone.class);
  }

  @Test
  void aTrimmedCursorIsGoneAndALaterOneIsNot() throws Exception {
    var early = fixture.cursor();
    fixture.stored("k", bytes("bytes"));
    var late = fixture.cursor();
    fixture.clock.advance(ChangeFeed.KEPT_FOR.plusSeconds(1));

    fixture.store.sweep(fixture.clock.instant());
    fixture.stored("l", bytes("bytes"));

    assertThat(fixture.store.changes(early, Duration.ZERO, 1)).isInstanceOf(FeedAnswer.Gone.class);
    assertThat(fixture.feed(late)).hasSize(1);
  }

  @Test
  void aRebuiltIndexHasAnotherEpoch() throws Exception {
    var cursor = fixture.cursor();
    fixture.store.close();
    Files.delete(fixture.root.resolve("index.db"));

    fixture = new Fixture(fixture.root);

    assertThat(fixture.store.changes(cursor, Duration.ZERO, 1)).isInstanceOf(FeedAnswer.Gone.class);
  }
}
