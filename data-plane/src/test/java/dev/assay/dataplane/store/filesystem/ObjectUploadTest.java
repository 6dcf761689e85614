package dev.assay.dataplane.store.filesystem;

import static dev.assay.dataplane.store.filesystem.Fixture.bytes;
import static dev.assay.dataplane.store.filesystem.Fixture.done;
import static dev.assay.dataplane.store.filesystem.Fixture.reason;
import static dev.assay.dataplane.store.filesystem.Fixture.sha256;
import static dev.assay.dataplane.store.filesystem.Fixture.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.dataplane.store.Destination;
import dev.assay.dataplane.store.Expected;
import dev.assay.dataplane.store.Lookup;
import dev.assay.dataplane.store.Precondition;
import dev.assay.dataplane.store.Refusal.Reason;
import dev.assay.wire.control.VersionState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectUploadTest {
  private Fixture fixture;

  @BeforeEach
  void open(@TempDir Path root) throws IOException {
    fixture = new Fixture(root);
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  @ParameterizedTest(name = "{0} bytes in chunks of {1} come back as they went in")
  @CsvSource({
    "0, 1",
    "1, 1",
    "2, 1",
    "4096, 3",
    "262143, 4096",
    "262144, 4096",
    "262145, 4096",
    "524288, 65536",
    "1000003, 70001",
    "17000000, 1000000"
  })
  void anyLengthAndAnyChunk(int length, int chunk) throws IOException {
    var content = Fixture.random(7, length);

    var version = done(fixture.put(to("k"), content, Expected.length(length), chunk)).stored();
    fixture.change(version, VersionState.Released);

    assertThat(fixture.read("k")).isEqualTo(content);
    assertThat(version.sha256()).isEqualTo(sha256(content));
    assertThat(version.etag())
        .isEqualTo(
            length <= ObjectUploads.MD5_UP_TO_BYTES
                ? Fixture.md5(content)
                : sha256(content).substring(0, 32) + "-1");
    fixture.assertNoTemporaryFiles();
  }

  @Test
  void aBodyOfUnknownLengthIsTakenToo() throws IOException {
    var content = Fixture.random(8, 600_000);

    var version = done(fixture.put(to("k"), content, Expected.NOTHING, 4096)).stored();

    assertThat(version.sizeBytes()).isEqualTo(600_000);
    assertThat(version.sha256()).isEqualTo(sha256(content));
  }

  @Test
  void aStoredVersionIsStagedAndNotServed() throws IOException {
    var version = fixture.stored("agent", bytes("one"));

    assertThat(version.state()).isEqualTo(VersionState.Staged);
    assertThat(version.served()).isFalse();
    assertThat(version.metadata()).containsEntry("colour", "blue");
    assertThat(fixture.store.served("agent")).isInstanceOf(Lookup.NotReleased.class);
    assertThat(fixture.store.served("other")).isInstanceOf(Lookup.Missing.class);
  }

  @Test
  void aPutOverAReleasedKeyChangesNothingThatIsServed() throws IOException {
    fixture.released("agent", bytes("one"));

    fixture.stored("agent", bytes("two"));

    assertThat(fixture.read("agent")).isEqualTo(bytes("one"));
  }

  @Test
  void aKeyAndAKeyBelowItLiveTogether() throws IOException {
    fixture.released("a", bytes("one"));
    fixture.released("a/b", bytes("two"));
    fixture.released("../a//b/%2f\u0000é", bytes("three"));

    assertThat(fixture.read("a")).isEqualTo(bytes("one"));
    assertThat(fixture.read("a/b")).isEqualTo(bytes("two"));
    assertThat(fixture.read("../a//b/%2f\u0000é")).isEqualTo(bytes("three"));
  }

  @Test
  void wrongBytesAreRefusedAndLeaveNothing() throws IOException {
    var content = bytes("content");
    var right = sha256(content);

    assertThat(reason(fixture.put(to("k"), content, Expected.length(8), 3)))
        .isEqualTo(Reason.Incomplete);
    assertThat(reason(fixture.put(to("k"), content, Expected.length(6), 3)))
        .isEqualTo(Reason.Incomplete);
    assertThat(reason(fixture.put(to("k"), content, Expected.sha256("0".repeat(64)), 3)))
        .isEqualTo(Reason.Sha256Mismatch);
    assertThat(reason(fixture.put(to("k"), content, Fixture.expected(7, right, "0".repeat(32)), 3)))
        .isEqualTo(Reason.Md5Mismatch);

    fixture.assertBlobs(0);
    fixture.assertNoTemporaryFiles();
    assertThat(fixture.store.served("k")).isInstanceOf(Lookup.Missing.class);
  }

  @Test
  void digestsNamedOnlyAtTheEndAreChecked() throws IOException {
    var content = Fixture.random(3, 20 << 20); // above the size where MD5 is computed unasked
    var md5 = Optional.of(Fixture.md5(content));

    for (var wanted : new String[] {Fixture.md5(content), "0".repeat(32)}) {
      var request = Fixture.request(to("k"), Expected.length(content.length));
      try (var upload = done(fixture.store.begin(request))) {
        done(upload.write(ByteBuffer.wrap(content)));
        var outcome =
            upload.commit(
                new Expected(OptionalLong.empty(), Optional.empty(), Optional.of(wanted)),
                Map.of("checksum", "x"));
        if (md5.get().equals(wanted)) {
          assertThat(done(outcome).attributes())
              .containsEntry("checksum", "x")
              .containsEntry("cache-control", "no-store");
        } else {
          assertThat(reason(outcome)).isEqualTo(Reason.Md5Mismatch);
        }
      }
    }
  }

  @Test
  void anUploadThatIsNotCommittedLeavesNothing() throws IOException {
    try (var upload = done(fixture.store.begin(Fixture.request(to("k"), Expected.length(100))))) {
      done(upload.write(ByteBuffer.wrap(bytes("half"))));
    }

    fixture.assertNoTemporaryFiles();
    assertThat(fixture.store.versions("", null, 10).versions()).isEmpty();
  }

  @Test
  void internalObjectsAreServedAtOnceAndNeverReplaced() throws IOException {
    var key = ".assay/reports/abc/report.json.gz";

    done(fixture.put(new Destination.Internal(key), bytes("report")));

    assertThat(fixture.read(key)).isEqualTo(bytes("report"));
    assertThat(reason(fixture.put(new Destination.Internal(key), bytes("forged"))))
        .isEqualTo(Reason.AlreadyExists);
    assertThat(reason(fixture.put(to(key), bytes("forged")))).isEqualTo(Reason.KeyNotAllowed);
    assertThat(reason(fixture.put(new Destination.Internal("x"), bytes("x"))))
        .isEqualTo(Reason.KeyNotAllowed);
    assertThat(fixture.store.usage().objects()).isZero();
    assertThat(fixture.store.versions("", null, 10).versions()).isEmpty();
    assertThat(fixture.store.deleteInternal(".assay/reports/abc/")).isEqualTo(1);
    assertThat(fixture.store.served(key)).isInstanceOf(Lookup.Missing.class);
  }

  @Test
  void aPlainStoreServesWhatWasPutLastAndKeepsNothingElse(@TempDir Path root) throws IOException {
    try (var plain = new Fixture(root, Fixture.immediately())) {
      plain.stored("k", bytes("one"));
      plain.stored("k", bytes("three"));

      assertThat(plain.read("k")).isEqualTo(bytes("three"));
      assertThat(plain.store.usage().objects()).isEqualTo(1);
      assertThat(plain.store.usage().bytes()).isEqualTo(5);
      assertThat(plain.store.deleteServed("k", Precondition.NONE)).isNotNull();
      assertThat(plain.store.served("k")).isInstanceOf(Lookup.Missing.class);
      assertThat(plain.store.usage().bytes()).isZero();
    }
  }

  @Test
  void aQuotaCountsStoredBytesAndObjects() throws IOException {
    fixture.store.configure(Fixture.quota(10, 2));

    fixture.stored("a", bytes("12345"));
    assertThat(reason(fixture.put(to("b"), bytes("123456")))).isEqualTo(Reason.QuotaExceeded);
    fixture.stored("b", bytes("12345"));
    assertThat(reason(fixture.put(to("c"), bytes("")))).isEqualTo(Reason.QuotaExceeded);
    // Without a length the transaction is what refuses.
    fixture.store.configure(Fixture.quota(12, 9));
    assertThat(reason(fixture.put(to("c"), bytes("123"), Expected.NOTHING, 1)))
        .isEqualTo(Reason.QuotaExceeded);
    fixture.assertBlobs(2);
  }
}
