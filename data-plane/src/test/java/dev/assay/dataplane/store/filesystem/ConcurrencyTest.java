package dev.assay.dataplane.store.filesystem;

import static dev.assay.dataplane.store.filesystem.Fixture.done;
import static dev.assay.dataplane.store.filesystem.Fixture.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.dataplane.store.CompleteRequest;
import dev.assay.dataplane.store.Destination;
import dev.assay.dataplane.store.Expected;
import dev.assay.dataplane.store.Outcome;
import dev.assay.dataplane.store.Part;
import dev.assay.dataplane.store.Precondition;
import dev.assay.dataplane.store.Refusal.Reason;
import dev.assay.dataplane.store.Version;
import dev.assay.wire.control.StoredVersion;
import dev.assay.wire.control.UploadSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ConcurrencyTest {
  @TempDir private Path root;

  private static <T> List<T> atOnce(List<Callable<T>> calls)
      throws InterruptedException, ExecutionException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = new ArrayList<T>();
      for (var future : threads.invokeAll(calls)) {
        results.add(future.get());
      }
      return results;
    }
  }

  @Test
  void manyPutsOfOneKeyEachMakeAWholeVersion() throws Exception {
    try (var fixture = new Fixture(root)) {
      var calls = new ArrayList<Callable<Outcome<Version>>>();
      for (var i = 0; i < 32; i++) {
        var content = Fixture.random(i, 300_000 + i);
        calls.add(() -> fixture.put(to("k"), content));
      }

      var stored = atOnce(calls).stream().map(outcome -> done(outcome).stored()).toList();

      assertThat(stored).extracting(StoredVersion::versionId).doesNotHaveDuplicates();
      for (var i = 0; i < 32; i++) {
        assertThat(stored.get(i).sha256())
            .isEqualTo(Fixture.sha256(Fixture.random(i, 300_000 + i)));
      }
      assertThat(fixture.store.versions("", null, 99).versions())
          .containsExactlyInAnyOrderElementsOf(stored);
      fixture.assertNoTemporaryFiles();
    }
  }

  @Test
  void aPlainStoreKeepsOneOfManyPutsOfAKey() throws Exception {
    try (var fixture = new Fixture(root, Fixture.immediately())) {
      var calls = new ArrayList<Callable<Outcome<Version>>>();
      for (var i = 0; i < 32; i++) {
        var content = Fixture.random(i, 10_000 + i);
        calls.add(() -> fixture.put(to("k"), content));
      }

      atOnce(calls);

      var kept = fixture.store.versions("", null, 99).versions();
      assertThat(kept).hasSize(1);
      var read = fixture.read("k");
      assertThat(Fixture.sha256(read == null ? new byte[0] : read))
          .isEqualTo(kept.getFirst().sha256());
      assertThat(fixture.store.usage().bytes()).isEqualTo(kept.getFirst().sizeBytes());
    }
  }

  @Test
  void ofManyUploadsInOneSessionExactlyOneSucceeds() throws Exception {
    try (var fixture = new Fixture(root)) {
      fixture.store.openSession(fixture.session("s", "agent"));
      var calls = new ArrayList<Callable<Outcome<Version>>>();
      for (var i = 0; i < 16; i++) {
        var content = Fixture.random(i, 200_000);
        calls.add(() -> fixture.put(new Destination.InSession("s", "agent"), content));
      }

      var outcomes = atOnce(calls);

      assertThat(outcomes).filteredOn(Outcome.Done.class::isInstance).hasSize(1);
      assertThat(outcomes)
          .filteredOn(Outcome.Refused.class::isInstance)
          .extracting(outcome -> Fixture.reason(outcome))
          .isSubsetOf(Reason.SessionCompleted, Reason.SessionBusy)
          .hasSize(15);
      assertThat(fixture.store.versions("", null, 99).versions()).hasSize(1);
      fixture.assertBlobs(1);
      fixture.assertNoTemporaryFiles();
    }
  }

  @Test
  void partsAtOnceAndCompletionsAtOnceMakeOneVersion() throws Exception {
    try (var fixture = new Fixture(root)) {
      fixture.store.openSession(
          fixture.session("s", "agent", new UploadSession.Multipart(50_000, 20)));
      var parts = new ArrayList<Callable<Outcome<Part>>>();
      var contents = new byte[20][];
      for (var n = 1; n <= 20; n++) {
        var number = n;
        var content = Fixture.random(n, 50_000);
        contents[n - 1] = content;
        parts.add(() -> fixture.part("s", "agent", number, content));
        parts.add(() -> fixture.part("s", "agent", number, content));
      }
      atOnce(parts).forEach(Fixture::done);
      var request =
          new CompleteRequest(
              "s", "agent", List.of(), Map.of(), Expected.NOTHING, Precondition.NONE, "A");

      var outcomes =
          atOnce(
              Collections.nCopies(
                  6, (Callable<Outcome<Version>>) () -> fixture.store.complete(request)));

      assertThat(outcomes)
          .extracting(outcome -> done(outcome))
          .containsOnly(done(outcomes.getFirst()));
      assertThat(done(outcomes.getFirst()).stored().sha256()).isEqualTo(Fixture.sha256(contents));
    }
    try (var fixture = new Fixture(root)) {
      assertThat(fixture.store.startReport()).contains("index found whole");
      fixture.assertBlobs(21);
    }
  }

  @Test
  void readersNeverSeeOneVersionsEtagWithAnothersBytes() throws Exception {
    try (var fixture = new Fixture(root, Fixture.immediately())) {
      fixture.stored("k", Fixture.random(0, 5_000));
      var calls = new ArrayList<Callable<Boolean>>();
      for (var i = 0; i < 200; i++) {
        var content = Fixture.random(i, 5_000 + i);
        calls.add(() -> {
          done(fixture.put(to("k"), content));
          return true;
        });
        calls.add(() -> consistent(fixture));
      }

      assertThat(atOnce(calls)).containsOnly(true);
    }
  }

  private static boolean consistent(Fixture fixture) throws IOException {
    var reading = Fixture.reading(fixture.store.served("k"));
    return reading.version().stored().sha256().equals(Fixture.sha256(Fixture.content(reading)));
  }
}
