package dev.assay.dataplane.store.filesystem;

import static dev.assay.dataplane.store.filesystem.Fixture.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.dataplane.store.Expected;
import dev.assay.dataplane.store.Upload;
import dev.assay.dataplane.store.Version;
import dev.assay.wire.control.VersionState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Uploads of 8 MiB and more. Where the file system of the temporary folder cannot do direct
/// writes, the same results are asked of the page cache.
class DirectWritesTest {
  private static final int LARGE = 8 << 20;

  private Path directory = Path.of("");
  private Fixture fixture;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    directory = folder;
    fixture = new Fixture(folder);
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        LARGE - 1,
        LARGE,
        LARGE + 1,
        LARGE + 4_095,
        LARGE + 4_096,
        LARGE + 4_097,
        LARGE + (1 << 20) - 1,
        LARGE + (1 << 20),
        LARGE + (1 << 20) + 123
      })
  void theBytesAndTheTrailerBehindThemAreWhole(int length) throws IOException {
    var bytes = Fixture.random(length, length);

    var stored =
        done(fixture.put(Fixture.to("k"), bytes, Expected.length(length), 77_777)).stored();

    assertThat(stored.sha256()).isEqualTo(Fixture.sha256(bytes));
    fixture.close();
    Files.delete(directory.resolve("index.db"));
    fixture = new Fixture(directory);
    fixture.change(fixture.store.withDigest(stored.sha256()).getFirst(), VersionState.Released);
    assertThat(fixture.read("k")).isEqualTo(bytes);
  }

  @Test
  void moreUploadsThanLanesKeepTheirBytesApart() throws IOException {
    var uploads = new ArrayList<Upload<Version>>();
    var contents = new ArrayList<byte[]>();
    for (var i = 0; i < 7; i++) {
      contents.add(Fixture.random(i, LARGE + 1_000 * i));
      uploads.add(begin("k" + i, contents.get(i).length));
    }
    for (var at = 0; at < LARGE + 7_000; at += 300_000) {
      for (var i = 0; i < uploads.size(); i++) {
        var content = contents.get(i);
        var from = Math.min(at, content.length);
        var chunk = ByteBuffer.wrap(content, from, Math.min(300_000, content.length - from));
        done(uploads.get(i).write(chunk));
      }
    }
    for (var upload : uploads) {
      try (upload) {
        fixture.change(done(upload.commit()).stored(), VersionState.Released);
      }
    }
    for (var i = 0; i < uploads.size(); i++) {
      assertThat(fixture.read("k" + i)).isEqualTo(contents.get(i));
    }
  }

  @Test
  void anUploadThatEndsInTheMiddleGivesItsLaneBackOnce() throws IOException {
    fixture.close();
    var root = Root.open(directory, Fixture.BUCKET);
    fixture = new Fixture(directory, root);
    var writes = root.directWrites();
    assumeTrue(writes.possible(), "the temporary folder's file system has no direct writes");
    var bytes = ByteBuffer.wrap(Fixture.random(1, 3 << 20));
    for (var i = 0; i < 20; i++) {
      try (var upload = begin("cut", LARGE)) {
        done(upload.write(bytes.duplicate()));
        upload.close();
      }
    }
    fixture.assertNoTemporaryFiles();

    var lanes = new ArrayList<DirectWrites.Lane>();
    for (var lane = writes.lane(OptionalLong.of(LARGE));
        lane != null;
        lane = writes.lane(OptionalLong.of(LARGE))) {
      lanes.add(lane);
    }
    assertThat(lanes).hasSize(4).doesNotHaveDuplicates();
    lanes.forEach(DirectWrites.Lane::giveBack);
    assertThat(writes.lane(OptionalLong.of(LARGE - 1))).isNull();
    assertThat(writes.lane(OptionalLong.empty())).isNull();
  }

  private Upload<Version> begin(String key, long length) throws IOException {
    return done(fixture.store.begin(Fixture.request(Fixture.to(key), Expected.length(length))));
  }
}
