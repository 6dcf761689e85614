package dev.assay.dataplane.store.filesystem;

import static dev.assay.dataplane.store.filesystem.Fixture.bytes;
import static dev.assay.dataplane.store.filesystem.Fixture.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.dataplane.store.CompleteRequest;
import dev.assay.dataplane.store.Expected;
import dev.assay.dataplane.store.Precondition;
import dev.assay.dataplane.store.Store;
import dev.assay.wire.control.StoredVersion;
import dev.assay.wire.control.UploadSession;
import dev.assay.wire.control.VersionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SameBytesTest {
  private static final byte[] BYTES = Fixture.random(7, 100_000);

  private Path root = Path.of("");
  private Fixture fixture;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    root = folder;
    fixture = new Fixture(root, Fixture.reusing());
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  @Test
  void theSecondIsALinkAndEitherCanGoFirst() throws IOException {
    var first = fixture.released("first", BYTES);
    var second = fixture.released("second", BYTES);
    var third = fixture.released("third", BYTES);

    assertThat(inode(first)).isEqualTo(inode(second)).isEqualTo(inode(third));
    assertThat(fixture.store.usage().bytes()).isEqualTo(3L * BYTES.length);

    fixture.store.deleteVersion(first.versionId());
    fixture.assertBlobs(4);
    assertThat(fixture.read("second")).isEqualTo(BYTES);
    fixture.store.deleteVersion(third.versionId());
    fixture.assertBlobs(2);
    assertThat(fixture.read("second")).isEqualTo(BYTES);
    fixture.store.deleteVersion(second.versionId());
    fixture.assertBlobs(0);
  }

  @Test
  void otherBytesAreNot() throws IOException {
    var first = fixture.stored("first", BYTES);
    var other = fixture.stored("other", Fixture.random(8, BYTES.length));

    assertThat(inode(first)).isNotEqualTo(inode(other));
  }

  @Test
  void whereItIsNotAskedForEachHasItsOwn() throws IOException {
    fixture.reopen(Fixture.WHEN_READY);
    var first = fixture.stored("first", BYTES);
    var second = fixture.stored("second", BYTES);

    assertThat(inode(first)).isNotEqualTo(inode(second));
  }

  @Test
  void aLostIndexForgetsWhatWasDeletedAndKeepsTheRest() throws IOException {
    var first = fixture.stored("first", BYTES);
    var second = fixture.stored("second", BYTES);
    fixture.store.deleteVersion(first.versionId());
    fixture.assertBlobs(2);
    fixture.store.close();
    Files.delete(root.resolve("index.db"));

    fixture = new Fixture(root, Fixture.reusing());

    assertThat(fixture.store.versions("", null, 10).versions())
        .extracting(StoredVersion::versionId)
        .containsExactly(second.versionId());
    fixture.change(
        fixture.store.versions("", null, 10).versions().getFirst(), VersionState.Released);
    assertThat(fixture.read("second")).isEqualTo(BYTES);
  }

  @Test
  void aMultipartUploadReusesAndIsReused() throws IOException {
    var single = fixture.stored("single", bytes("parts"));
    var joined = joined("joined");
    fixture.assertBlobs(3);
    assertThat(inode(joined)).isEqualTo(inode(single));

    fixture.store.deleteVersion(single.versionId());
    fixture.assertBlobs(2);
    var again = fixture.stored("again", bytes("parts"));
    assertThat(inode(again)).isEqualTo(inode(joined));
    fixture.change(again, VersionState.Released);
    assertThat(fixture.read("again")).isEqualTo(bytes("parts"));
  }

  @Test
  void partsAreLinkedOneByOne() throws IOException {
    joined("joined");
    fixture.assertBlobs(3);
    var single = fixture.released("single", bytes("parts"));

    assertThat(fixture.read("single")).isEqualTo(bytes("parts"));
    fixture.assertBlobs(6);
    fixture.store.deleteVersion(single.versionId());
    fixture.assertBlobs(3);
  }

  private StoredVersion joined(String key) throws IOException {
    fixture.store.openSession(fixture.session(key, key, new UploadSession.Multipart(4, 10)));
    done(fixture.part(key, key, 1, bytes("part")));
    done(fixture.part(key, key, 2, bytes("s")));
    return done(fixture.store.complete(
            new CompleteRequest(
                key, key, List.of(), Map.of(), Expected.NOTHING, Precondition.NONE, "A")))
        .stored();
  }

  /// Which file on the disk holds the version's first bytes.
  private Object inode(StoredVersion version) throws IOException {
    var lookup = fixture.store.version(version.versionId(), Store.Purpose.Inspect);
    try (var reading = Fixture.reading(lookup)) {
      return Files.getAttribute(reading.extents().getFirst().file(), "unix:ino");
    }
  }
}
