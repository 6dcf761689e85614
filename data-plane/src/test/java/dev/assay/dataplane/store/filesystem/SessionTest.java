package dev.assay.dataplane.store.filesystem;

import static dev.assay.dataplane.store.filesystem.Fixture.bytes;
import static dev.assay.dataplane.store.filesystem.Fixture.done;
import static dev.assay.dataplane.store.filesystem.Fixture.reason;
import static dev.assay.dataplane.store.filesystem.Fixture.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.dataplane.store.Destination;
import dev.assay.dataplane.store.Expected;
import dev.assay.dataplane.store.Refusal.Reason;
import dev.assay.dataplane.store.UploadCutException;
import dev.assay.wire.control.Change;
import dev.assay.wire.control.SessionStatus;
import dev.assay.wire.control.SessionStatus.Phase;
import dev.assay.wire.control.UploadSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SessionTest {
  private static final Destination.InSession S = new Destination.InSession("s", "agent");
  private static final byte[] CONTENT = bytes("the right bytes");

  private Fixture fixture;

  @BeforeEach
  void open(@TempDir Path root) throws IOException {
    fixture = new Fixture(root);
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  private UploadSession with(
      long maxSize, @Nullable String sha256, List<String> mediaTypes, boolean rejectDuplicates) {
    return new UploadSession(
        "s",
        "agent",
        maxSize,
        sha256,
        mediaTypes,
        null,
        Map.of("owner", "us"),
        fixture.clock.instant().plus(Duration.ofHours(1)),
        null,
        rejectDuplicates);
  }

  @Test
  void aSessionHasOneSuccess() throws IOException {
    fixture.store.openSession(fixture.session("s", "agent"));

    var version = done(fixture.put(S, CONTENT)).stored();

    assertThat(version.session()).isEqualTo("s");
    assertThat(version.metadata()).containsExactly(Map.entry("owner", "us"));
    var status = fixture.store.session("s").orElseThrow();
    assertThat(status.phase()).isEqualTo(Phase.Completed);
    assertThat(status.bytesReceived()).isEqualTo(CONTENT.length);
    assertThat(status.version()).isEqualTo(version);
    assertThat(reason(fixture.put(S, CONTENT))).isEqualTo(Reason.SessionCompleted);
    assertThat(fixture.store.openSession(fixture.session("s", "other")).session().key())
        .isEqualTo("agent");
  }

  /// @param told what the session and the feed say of it, empty for nothing
  record Case(
      String name,
      long maxSize,
      @Nullable String sha256,
      List<String> mediaTypes,
      boolean rejectDuplicates,
      Expected expected,
      Reason reason,
      String told) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> refusals() {
    var n = CONTENT.length;
    var length = Expected.length(n);
    var other = sha256(bytes("other"));
    var octets = List.of("application/*");
    return List.of(
        new Case(
            "too long as its length tells",
            n - 1,
            null,
            List.of(),
            false,
            length,
            Reason.TooLarge,
            "TooLarge"),
        new Case(
            "too long as its bytes tell",
            n - 1,
            null,
            List.of(),
            false,
            Expected.NOTHING,
            Reason.TooLarge,
            "TooLarge"),
        new Case(
            "other bytes than asked for",
            n,
            other,
            octets,
            false,
            length,
            Reason.DigestMismatch,
            "DigestMismatch"),
        new Case(
            "another digest announced than asked for",
            n,
            other,
            octets,
            false,
            Expected.sha256(sha256(CONTENT)),
            Reason.DigestMismatch,
            "DigestMismatch"),
        new Case(
            "a media type that is not allowed",
            n,
            null,
            List.of("text/*"),
            false,
            length,
            Reason.MediaTypeNotAllowed,
            "MediaTypeNotAllowed"),
        new Case(
            "bytes that another key has",
            n,
            null,
            List.of(),
            true,
            length,
            Reason.Duplicate,
            "Duplicate"),
        new Case(
            "fewer bytes than announced",
            99,
            null,
            List.of(),
            false,
            Expected.length(n + 1),
            Reason.Incomplete,
            "Incomplete"),
        new Case(
            "bytes damaged on the way",
            n,
            null,
            List.of(),
            false,
            Expected.sha256(other),
            Reason.Sha256Mismatch,
            "Incomplete"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aRefusedAttemptLeavesNothingAndIsTold(Case row) throws Exception {
    fixture.stored("twin", CONTENT);
    var blobs = fixture.names("blobs");
    fixture.store.openSession(
        with(row.maxSize(), row.sha256(), row.mediaTypes(), row.rejectDuplicates()));
    var cursor = fixture.cursor();

    var outcome = fixture.put(S, CONTENT, row.expected(), 4);

    assertThat(reason(outcome)).isEqualTo(row.reason());
    assertThat(fixture.names("blobs")).isEqualTo(blobs);
    fixture.assertNoTemporaryFiles();
    var status = fixture.store.session("s").orElseThrow();
    assertThat(status.phase()).isEqualTo(Phase.Open);
    assertThat(status.lastRefusal())
        .isInstanceOfSatisfying(
            SessionStatus.Refusal.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(row.told()));
    assertThat(fixture.feed(cursor))
        .singleElement()
        .isInstanceOfSatisfying(
            Change.UploadRefused.class,
            change -> assertThat(change.refusal()).isEqualTo(status.lastRefusal()));
  }

  @Test
  void aRightUploadClearsTheRefusal() throws IOException {
    fixture.store.openSession(with(99, sha256(CONTENT), List.of(), false));
    assertThat(reason(fixture.put(S, bytes("wrong")))).isEqualTo(Reason.DigestMismatch);

    done(fixture.put(S, CONTENT));

    assertThat(fixture.store.session("s").orElseThrow().lastRefusal()).isNull();
  }

  @Test
  void theDeadlineItselfIsTooLate() throws IOException {
    fixture.store.openSession(fixture.session("s", "agent"));
    var early = done(fixture.store.begin(Fixture.request(S, Expected.NOTHING)));

    fixture.clock.advance(Duration.ofHours(1));

    assertThat(reason(fixture.put(S, CONTENT))).isEqualTo(Reason.SessionExpired);
    try (early) {
      assertThat(reason(Fixture.send(early, CONTENT, 4))).isEqualTo(Reason.SessionExpired);
    }
    assertThat(fixture.store.session("s").orElseThrow().phase()).isEqualTo(Phase.Expired);
    fixture.assertBlobs(0);
  }

  @Test
  void anotherKeyOrSessionIsRefused() throws IOException {
    fixture.store.openSession(fixture.session("s", "agent"));

    assertThat(reason(fixture.put(new Destination.InSession("s", "x"), CONTENT)))
        .isEqualTo(Reason.WrongKey);
    assertThat(reason(fixture.put(new Destination.InSession("t", "agent"), CONTENT)))
        .isEqualTo(Reason.NoSuchSession);
    assertThat(fixture.store.session("s").orElseThrow().lastRefusal()).isNull();
  }

  @Test
  void ofTwoUploadsAtOnceTheFirstToFinishWins() throws IOException {
    fixture.store.openSession(fixture.session("s", "agent"));
    try (var slow = done(fixture.store.begin(Fixture.request(S, Expected.NOTHING)));
        var fast = done(fixture.store.begin(Fixture.request(S, Expected.NOTHING)))) {
      done(slow.write(ByteBuffer.wrap(CONTENT)));
      var version = done(Fixture.send(fast, CONTENT, 3));

      assertThat(reason(slow.write(ByteBuffer.wrap(CONTENT)))).isEqualTo(Reason.SessionCompleted);
      assertThat(fixture.store.versions("", null, 9).versions()).containsExactly(version.stored());
    }
    fixture.assertNoTemporaryFiles();
    fixture.assertBlobs(1);
  }

  @Test
  void moreThanAFewUploadsAtOnceAreRefused() throws IOException {
    fixture.store.openSession(fixture.session("s", "agent"));
    var request = Fixture.request(S, Expected.NOTHING);
    try (var a = done(fixture.store.begin(request));
        var b = done(fixture.store.begin(request));
        var c = done(fixture.store.begin(request));
        var d = done(fixture.store.begin(request))) {
      assertThat(reason(fixture.store.begin(request))).isEqualTo(Reason.SessionBusy);
      assertThat(List.of(a, b, c, d)).allSatisfy(u -> assertThat(u.receivedBytes()).isZero());
    }
  }

  @Test
  void closingASessionCutsItsUploads() throws IOException {
    fixture.store.openSession(fixture.session("s", "agent"));
    var cuts = new AtomicInteger();
    try (var upload = done(fixture.store.begin(Fixture.request(S, Expected.NOTHING)))) {
      done(upload.write(ByteBuffer.wrap(CONTENT)));
      upload.onCut(cuts::incrementAndGet);

      fixture.store.closeSession("s");

      assertThat(cuts).hasValue(1);
      assertThatThrownBy(() -> upload.write(ByteBuffer.wrap(CONTENT)))
          .isInstanceOf(UploadCutException.class);
      assertThatThrownBy(upload::commit).isInstanceOf(UploadCutException.class);
    }
    fixture.assertNoTemporaryFiles();
    assertThat(fixture.store.session("s")).isEmpty();
  }

  @Test
  void progressIsToldEveryHalfMinuteAndOnlyWhenItMoved() throws Exception {
    fixture.store.openSession(fixture.session("s", "agent"));
    var cursor = fixture.cursor();
    try (var upload = done(fixture.store.begin(Fixture.request(S, Expected.NOTHING)))) {
      done(upload.write(ByteBuffer.wrap(CONTENT)));
      fixture.clock.advance(Progress.EVERY);
      done(upload.write(ByteBuffer.wrap(CONTENT)));
      done(upload.write(ByteBuffer.wrap(CONTENT)));
      fixture.store.openSession(fixture.session("t", "other")); // all that was posted is through

      assertThat(fixture.feed(cursor))
          .singleElement()
          .isInstanceOfSatisfying(
              Change.UploadProgressed.class,
              change ->
                  assertThat(change.bytesReceived())
                      .isBetween((long) CONTENT.length, 3L * CONTENT.length));
      assertThat(fixture.store.session("s").orElseThrow().bytesReceived())
          .isEqualTo(3L * CONTENT.length);
    }
  }
}
