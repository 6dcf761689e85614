package dev.assay.dataplane.store.filesystem;

import static dev.assay.dataplane.store.filesystem.Fixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.dataplane.store.DeleteOutcome;
import dev.assay.dataplane.store.Destination;
import dev.assay.dataplane.store.Lookup;
import dev.assay.dataplane.store.Precondition;
import dev.assay.dataplane.store.Refusal.Reason;
import dev.assay.dataplane.store.StateOutcome;
import dev.assay.dataplane.store.Store.Purpose;
import dev.assay.dataplane.store.StoreSettings;
import dev.assay.wire.control.StateChange;
import dev.assay.wire.control.VersionState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateTest {
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
  void aQuarantineCutsClientsButNotTheScanner() throws IOException {
    var version = fixture.released("k", bytes("bytes"));
    var cuts = new AtomicInteger();
    try (var client = Fixture.reading(fixture.store.served("k"));
        var byId = Fixture.reading(fixture.store.version(version.versionId(), Purpose.Serve));
        var scanner =
            Fixture.reading(fixture.store.version(version.versionId(), Purpose.Inspect))) {
      client.onCut(cuts::incrementAndGet);

      fixture.change(version, VersionState.Quarantined);
      client.onCut(cuts::incrementAndGet);

      assertThat(cuts).hasValue(2);
      assertThat(client.isCut()).isTrue();
      assertThat(byId.isCut()).isTrue();
      assertThat(scanner.isCut()).isFalse();
    }
    assertThat(fixture.store.served("k"))
        .isInstanceOfSatisfying(
            Lookup.Quarantined.class,
            found -> {
              assertThat(found.newest().stored().stateReason()).isEqualTo("Reason");
              assertThat(found.newest().stateMessage()).contains("A sentence.");
            });
    assertThat(fixture.store.version(version.versionId(), Purpose.Serve))
        .isInstanceOf(Lookup.Quarantined.class);
  }

  @Test
  void anOlderReleasedVersionIsNotServedInsteadOfAQuarantinedOne() throws IOException {
    fixture.released("k", bytes("old"));
    var newer = fixture.released("k", bytes("new"));
    assertThat(fixture.read("k")).isEqualTo(bytes("new"));

    fixture.change(newer, VersionState.Quarantined);

    assertThat(fixture.read("k")).isNull();
  }

  @Test
  void releasingAnOlderVersionAgainServesIt() throws IOException {
    var old = fixture.released("k", bytes("old"));
    fixture.released("k", bytes("new"));

    var again = fixture.change(old, VersionState.Released);

    assertThat(again.served()).isTrue();
    assertThat(again.stateRevision()).isEqualTo(old.stateRevision() + 1);
    assertThat(fixture.read("k")).isEqualTo(bytes("old"));
  }

  @Test
  void theSameChangeAgainSucceedsAndChangesNothing() throws Exception {
    var staged = fixture.stored("k", bytes("bytes"));
    var change = Fixture.asked(staged, VersionState.Released);
    var first = fixture.store.change(staged.versionId(), change);
    var cursor = fixture.cursor();

    assertThat(fixture.store.change(staged.versionId(), change)).isEqualTo(first);
    assertThat(fixture.feed(cursor)).isEmpty();
  }

  @Test
  void aChangeJudgedOnAnotherRevisionOrDigestIsRefused() throws IOException {
    var staged = fixture.stored("k", bytes("bytes"));
    var released = fixture.change(staged, VersionState.Released);

    assertThat(
            fixture.store.change(
                staged.versionId(), Fixture.asked(staged, VersionState.Quarantined)))
        .isEqualTo(new StateOutcome.Conflict(released));
    assertThat(
            fixture.store.change(
                staged.versionId(),
                new StateChange(
                    VersionState.Staged, released.stateRevision(), "0".repeat(64), null, null)))
        .isEqualTo(new StateOutcome.Conflict(released));
    assertThat(fixture.store.change("nobody", Fixture.asked(staged, VersionState.Staged)))
        .isEqualTo(new StateOutcome.Missing());
    assertThat(fixture.read("k")).isEqualTo(bytes("bytes"));
  }

  @Test
  void anImmutableKeyIsNeitherReplacedNorDeletedThroughS3() throws IOException {
    var settings = Fixture.immediately();
    fixture.reopen(
        new StoreSettings(
            true,
            settings.maxObjectSizeBytes(),
            List.of(),
            settings.quota(),
            List.of("v*/**"),
            false,
            settings.abortIncompleteUploadAfter()));
    fixture.stored("v1/agent/x", bytes("bytes"));

    assertThat(Fixture.reason(fixture.put(Fixture.to("v1/agent/x"), bytes("other"))))
        .isEqualTo(Reason.Immutable);
    assertThat(fixture.store.deleteServed("v1/agent/x", Precondition.NONE))
        .isInstanceOf(DeleteOutcome.Refused.class);
    assertThat(fixture.read("v1/agent/x")).isEqualTo(bytes("bytes"));
  }

  @Test
  void aReplacedObjectIsReadToItsEnd() throws IOException {
    fixture.reopen(Fixture.immediately());
    fixture.stored("k", bytes("old"));
    var reading = Fixture.reading(fixture.store.served("k"));

    fixture.stored("k", bytes("new"));

    assertThat(reading.isCut()).isFalse();
    assertThat(Fixture.content(reading)).isEqualTo(bytes("old"));
    assertThat(fixture.read("k")).isEqualTo(bytes("new"));
  }

  @Test
  void preconditionsAreJudgedOnWhatIsServed() throws IOException {
    fixture.reopen(Fixture.immediately());
    var absent = new Destination.Key("k", new Precondition.Absent());
    var etag = Fixture.done(fixture.put(absent, bytes("1"))).stored().etag();

    assertThat(Fixture.reason(fixture.put(absent, bytes("2"))))
        .isEqualTo(Reason.PreconditionFailed);
    assertThat(fixture.store.deleteServed("k", new Precondition.HasEtag("other")))
        .isInstanceOf(DeleteOutcome.Refused.class);
    assertThat(fixture.store.deleteServed("k", new Precondition.HasEtag(etag)))
        .isInstanceOf(DeleteOutcome.Deleted.class);
    assertThat(fixture.store.deleteServed("k", Precondition.NONE))
        .isInstanceOf(DeleteOutcome.Nothing.class);
  }
}
