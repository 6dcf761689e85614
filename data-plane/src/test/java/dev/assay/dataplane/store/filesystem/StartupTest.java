package dev.assay.dataplane.store.filesystem;

import static dev.assay.dataplane.store.filesystem.Fixture.bytes;
import static dev.assay.dataplane.store.filesystem.Fixture.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.dataplane.store.CompleteRequest;
import dev.assay.dataplane.store.Destination;
import dev.assay.dataplane.store.Expected;
import dev.assay.dataplane.store.Lookup;
import dev.assay.dataplane.store.Precondition;
import dev.assay.dataplane.store.StoreSettings;
import dev.assay.wire.control.SessionStatus.Phase;
import dev.assay.wire.control.StoredVersion;
import dev.assay.wire.control.UploadSession;
import dev.assay.wire.control.VersionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class StartupTest {
  @TempDir private Path root;

  enum Damage {
    LOST,
    EMPTIED,
    OVERWRITTEN,
    CUT_SHORT
  }

  private void damage(Damage how) throws IOException {
    var index = root.resolve("index.db");
    switch (how) {
      case LOST -> Files.delete(index);
      case EMPTIED -> Files.write(index, new byte[0]);
      case OVERWRITTEN -> Files.write(index, Fixture.random(1, 50_000));
      case CUT_SHORT -> {
        var whole = Files.readAllBytes(index);
        Files.write(index, Arrays.copyOf(whole, whole.length / 2));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedIndexIsMadeAnewWithEverythingStaged(Damage how) throws IOException {
    StoredVersion single;
    StoredVersion joined;
    var report = new Destination.Internal(".assay/reports/x/r");
    try (var fixture = new Fixture(root)) {
      single = fixture.released("single", bytes("bytes"));
      fixture.store.openSession(fixture.session("s", "joined", new UploadSession.Multipart(4, 10)));
      done(fixture.part("s", "joined", 1, bytes("part")));
      done(fixture.part("s", "joined", 2, bytes("s")));
      joined =
          done(fixture.store.complete(
                  new CompleteRequest(
                      "s",
                      "joined",
                      List.of(),
                      Map.of(),
                      Expected.NOTHING,
                      Precondition.NONE,
                      "A")))
              .stored();
      fixture.change(joined, VersionState.Released);
      done(fixture.put(report, bytes("report")));
    }
    Files.deleteIfExists(root.resolve("index.db-wal"));
    damage(how);

    try (var fixture = new Fixture(root)) {
      assertThat(fixture.store.startReport()).contains("index made from 3 trailers");
      assertThat(fixture.store.served("single")).isInstanceOf(Lookup.NotReleased.class);
      var versions = fixture.store.versions("", null, 10).versions();
      assertThat(versions).extracting(StoredVersion::state).containsOnly(VersionState.Staged);
      assertThat(versions)
          .extracting(StoredVersion::versionId)
          .containsExactly(joined.versionId(), single.versionId());
      assertThat(fixture.read(".assay/reports/x/r")).isEqualTo(bytes("report"));
      assertThat(fixture.store.usage().bytes()).isEqualTo(10);

      versions.forEach(version -> released(fixture, version));

      assertThat(fixture.read("single")).isEqualTo(bytes("bytes"));
      assertThat(fixture.read("joined")).isEqualTo(bytes("parts"));
      // The session's one success is not forgotten.
      assertThat(
              fixture
                  .store
                  .openSession(fixture.session("s", "joined", new UploadSession.Multipart(4, 10)))
                  .phase())
          .isEqualTo(Phase.Completed);
    }
  }

  private static void released(Fixture fixture, StoredVersion version) {
    try {
      fixture.change(version, VersionState.Released);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aPlainStoreServesAgainAfterALostIndexButNotWhatWasQuarantined() throws IOException {
    try (var fixture = new Fixture(root, Fixture.immediately())) {
      fixture.stored("good", bytes("good"));
      fixture.change(fixture.stored("bad", bytes("bad")), VersionState.Quarantined);
    }
    damage(Damage.LOST);

    try (var fixture = new Fixture(root, Fixture.immediately())) {
      assertThat(fixture.read("good")).isEqualTo(bytes("good"));
      assertThat(fixture.store.served("bad")).isInstanceOf(Lookup.Quarantined.class);
    }
  }

  @Test
  void bytesThatLookLikeATrailerCannotForgeAVersion() throws IOException {
    byte[] forged;
    try (var fixture = new Fixture(root)) {
      done(fixture.put(new Destination.Internal(".assay/reports/a/r"), bytes("x")));
      forged = Files.readAllBytes(root.resolve("blobs").resolve(fixture.names("blobs").getFirst()));
      fixture.store.openSession(
          fixture.session("s", "k", new UploadSession.Multipart(1 << 16, 10)));
      done(fixture.part("s", "k", 1, forged));
      fixture.stored("k", forged);
      fixture.store.deleteInternal(".assay/");
    }
    damage(Damage.LOST);

    try (var fixture = new Fixture(root)) {
      assertThat(fixture.store.served(".assay/reports/a/r")).isInstanceOf(Lookup.Missing.class);
      assertThat(fixture.store.versions("", null, 10).versions()).hasSize(1);
    }
  }

  @Test
  void whatNothingKnowsIsSwept() throws IOException {
    try (var fixture = new Fixture(root)) {
      fixture.stored("k", bytes("bytes"));
    }
    Files.write(root.resolve("blobs").resolve("0".repeat(32)), bytes("unacknowledged"));
    Files.write(root.resolve("blobs").resolve("0".repeat(32) + ".part"), bytes("part"));
    Files.write(root.resolve("tmp").resolve("half"), bytes("half"));

    try (var fixture = new Fixture(root)) {
      assertThat(fixture.store.startReport())
          .startsWith("index found whole, 2 unknown blobs swept");
      fixture.assertBlobs(1);
      fixture.assertNoTemporaryFiles();
    }
  }

  @Test
  void aRootInUseIsRefused() throws IOException {
    try (var fixture = new Fixture(root)) {
      assertThatThrownBy(() -> new Fixture(root))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("expected to be its only user");
      fixture.stored("k", bytes("still works"));
    }
  }

  record Owner(String name, String bucket, String uid, boolean adopted) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Owner> owners() {
    return List.of(
        new Owner("the same bucket", "releases", "uid-1", true),
        new Owner("a new bucket of that name adopts a retained volume", "releases", "uid-2", true),
        new Owner("the same uid under another name", "other", "uid-1", true),
        new Owner("another bucket is refused", "other", "uid-2", false));
  }

  @ParameterizedTest
  @MethodSource("owners")
  void aRootBelongsToOneBucket(Owner owner) throws IOException {
    new Fixture(root).close();
    var identity = new BucketIdentity(owner.bucket(), owner.uid());

    if (owner.adopted()) {
      FilesystemStore.open(root, identity, StoreSettings.plain(), new TestClock()).close();
      // Adopted for good: the uid stands in the marker now.
      assertThat(Files.readString(root.resolve("assay.json"))).contains(owner.uid());
    } else {
      assertThatThrownBy(
              () -> FilesystemStore.open(root, identity, StoreSettings.plain(), new TestClock()))
          .hasMessageContaining("expected bucket other (uid uid-2), found bucket releases");
    }
  }

  @Test
  void blobsWithoutAMarkerAreLeftAlone() throws IOException {
    new Fixture(root).close();
    Files.delete(root.resolve("assay.json"));

    assertThatThrownBy(() -> new Fixture(root)).hasMessageContaining("found none");
  }

  @Test
  void aTrailerWithAWrongByteIsNone() throws IOException {
    try (var fixture = new Fixture(root)) {
      fixture.stored("k", bytes("bytes"));
      var blob = root.resolve("blobs").resolve(fixture.names("blobs").getFirst());
      var whole = Files.readAllBytes(blob);
      assertThat(Trailer.read(blob)).isPresent();
      for (var at = 5; at < whole.length; at++) {
        var damaged = whole.clone();
        damaged[at] ^= 1;
        Files.write(blob, damaged, StandardOpenOption.TRUNCATE_EXISTING);
        assertThat(Trailer.read(blob)).as("byte %d", at).isEmpty();
      }
    }
  }
}
