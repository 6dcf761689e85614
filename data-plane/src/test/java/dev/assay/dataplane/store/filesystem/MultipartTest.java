package dev.assay.dataplane.store.filesystem;

import static dev.assay.dataplane.store.filesystem.Fixture.done;
import static dev.assay.dataplane.store.filesystem.Fixture.reason;
import static dev.assay.dataplane.store.filesystem.Fixture.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.dataplane.store.CompleteRequest;
import dev.assay.dataplane.store.CompleteRequest.Claim;
import dev.assay.dataplane.store.Expected;
import dev.assay.dataplane.store.MultipartRequest;
import dev.assay.dataplane.store.Outcome;
import dev.assay.dataplane.store.Part;
import dev.assay.dataplane.store.Precondition;
import dev.assay.dataplane.store.Refusal.Reason;
import dev.assay.dataplane.store.Version;
import dev.assay.wire.control.SessionStatus.Phase;
import dev.assay.wire.control.UploadSession;
import dev.assay.wire.control.VersionState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MultipartTest {
  private static final int PART = 64 << 10;

  private Fixture fixture;

  @BeforeEach
  void open(@TempDir Path root) throws IOException {
    fixture = new Fixture(root);
    fixture.store.openSession(fixture.session("s", "agent", new UploadSession.Multipart(PART, 10)));
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  private static byte[] content(int number) {
    return Fixture.random(number, number == 4 ? 100 : PART);
  }

  private static byte[] whole() {
    var all = new ByteArrayOutputStream();
    for (var n = 1; n <= 4; n++) {
      all.writeBytes(content(n));
    }
    return all.toByteArray();
  }

  private Outcome<Version> complete(List<Claim> claims) throws IOException {
    return fixture.store.complete(
        new CompleteRequest(
            "s", "agent", claims, Map.of(), Expected.NOTHING, Precondition.NONE, "AKIATEST"));
  }

  record Order(String name, List<Integer> numbers) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Order> orders() {
    return List.of(
        new Order("parts in order", List.of(1, 2, 3, 4)),
        new Order("parts backwards", List.of(4, 3, 2, 1)),
        new Order("a gap that closes last", List.of(1, 3, 4, 2)),
        new Order("the first part last", List.of(2, 3, 4, 1)),
        new Order("a part again", List.of(1, 2, 2, 3, 4, 1, 3)));
  }

  @ParameterizedTest
  @MethodSource("orders")
  void theWholeHasItsDigestInAnyOrderOfParts(Order order) throws IOException {
    for (var number : order.numbers()) {
      done(fixture.part("s", "agent", number, content(number)));
    }

    var version = done(complete(List.of())).stored();

    assertThat(version.sha256()).isEqualTo(sha256(whole()));
    assertThat(version.etag()).endsWith("-4");
    assertThat(version.mediaType()).isEqualTo("application/gzip");
    fixture.change(version, VersionState.Released);
    assertThat(fixture.read("agent")).isEqualTo(whole());
    try (var reading = Fixture.reading(fixture.store.served("agent"))) {
      assertThat(reading.extents()).hasSize(4);
    }
    fixture.assertNoTemporaryFiles();
    assertThat(fixture.store.session("s").orElseThrow().phase()).isEqualTo(Phase.Completed);
  }

  @Test
  void aReplacedPartCountsWithItsNewBytes() throws IOException {
    done(fixture.part("s", "agent", 1, Fixture.random(99, PART)));
    done(fixture.part("s", "agent", 2, content(2)));
    done(fixture.part("s", "agent", 1, content(1)));
    done(fixture.part("s", "agent", 3, content(3)));
    done(fixture.part("s", "agent", 4, content(4)));

    assertThat(done(complete(List.of())).stored().sha256()).isEqualTo(sha256(whole()));
  }

  @Test
  void partsOutliveARestart() throws IOException {
    done(fixture.part("s", "agent", 1, content(1)));
    done(fixture.part("s", "agent", 2, content(2)));

    fixture.reopen(Fixture.WHEN_READY);

    done(fixture.part("s", "agent", 3, content(3)));
    done(fixture.part("s", "agent", 4, content(4)));
    assertThat(done(complete(List.of())).stored().sha256()).isEqualTo(sha256(whole()));
  }

  @Test
  void completingAgainAnswersTheSameVersion() throws IOException {
    done(fixture.part("s", "agent", 1, content(1)));
    var first = done(complete(List.of()));

    fixture.reopen(Fixture.WHEN_READY);

    assertThat(done(complete(List.of()))).isEqualTo(first);
    assertThat(fixture.store.usage().objects()).isEqualTo(1);
  }

  @Test
  void wrongListsOfPartsAreRefusedAndThePartsStay() throws IOException {
    assertThat(reason(complete(List.of()))).isEqualTo(Reason.InvalidPart);
    var one = done(fixture.part("s", "agent", 1, content(1)));
    var short3 = done(fixture.part("s", "agent", 3, new byte[5]));
    var four = done(fixture.part("s", "agent", 4, content(4)));

    assertThat(reason(complete(List.of()))).isEqualTo(Reason.InvalidPart);
    assertThat(reason(complete(List.of(new Claim(1, "x"))))).isEqualTo(Reason.InvalidPart);
    assertThat(reason(complete(List.of(new Claim(2, "x"))))).isEqualTo(Reason.InvalidPart);
    assertThat(reason(complete(claims(four, one)))).isEqualTo(Reason.InvalidPartOrder);
    assertThat(reason(complete(claims(one, one)))).isEqualTo(Reason.InvalidPartOrder);
    assertThat(reason(complete(claims(one, short3, four)))).isEqualTo(Reason.PartTooSmall);
    assertThat(fixture.store.parts("s", 0, 10)).containsExactly(one, short3, four);
    assertThat(fixture.store.parts("s", 1, 1)).containsExactly(short3);
    // A list with a hole in its numbers is legal.
    assertThat(done(complete(claims(one, four))).stored().sha256())
        .isEqualTo(sha256(content(1), content(4)));
    fixture.assertBlobs(3);
  }

  private static List<Claim> claims(Part... parts) {
    return Arrays.stream(parts).map(p -> new Claim(p.number(), p.etag())).toList();
  }

  @Test
  void limitsOfTheSessionHoldForParts() throws IOException {
    assertThat(reason(fixture.part("s", "agent", 1, new byte[PART + 1])))
        .isEqualTo(Reason.TooLarge);
    assertThat(reason(fixture.part("s", "agent", 11, new byte[1])))
        .isEqualTo(Reason.InvalidPartNumber);
    assertThat(reason(fixture.part("s", "agent", 0, new byte[1])))
        .isEqualTo(Reason.InvalidPartNumber);
    assertThat(reason(fixture.part("s", "other", 1, new byte[1]))).isEqualTo(Reason.WrongKey);
    assertThat(reason(fixture.part("t", "agent", 1, new byte[1]))).isEqualTo(Reason.NoSuchUpload);
    fixture.clock.advance(Duration.ofHours(1));
    assertThat(reason(fixture.part("s", "agent", 1, new byte[1]))).isEqualTo(Reason.SessionExpired);
  }

  @Test
  void aSessionsDigestIsCheckedAtTheEndAndItsPartsCanBeSentAgain() throws IOException {
    var session =
        new UploadSession(
            "d",
            "agent",
            1 << 20,
            sha256(content(1)),
            List.of(),
            null,
            Map.of(),
            fixture.clock.instant().plus(Duration.ofHours(1)),
            new UploadSession.Multipart(PART, 2),
            false);
    fixture.store.openSession(session);
    var request =
        new CompleteRequest(
            "d", "agent", List.of(), Map.of(), Expected.NOTHING, Precondition.NONE, "AKIATEST");
    done(fixture.part("d", "agent", 1, content(2)));

    assertThat(reason(fixture.store.complete(request))).isEqualTo(Reason.DigestMismatch);
    done(fixture.part("d", "agent", 1, content(1)));

    assertThat(done(fixture.store.complete(request)).stored().sizeBytes()).isEqualTo(PART);
  }

  @Test
  void aPlainUploadIsListedAbortedAndSwept() throws IOException {
    var request = new MultipartRequest("plain", "text/plain", Map.of(), Map.of(), "AKIATEST");
    var first = done(fixture.store.createMultipart(request));
    var second = done(fixture.store.createMultipart(request));
    done(fixture.part(first.uploadId(), "plain", 1, content(1)));
    done(fixture.part(second.uploadId(), "plain", 1, content(1)));

    assertThat(fixture.store.multiparts("pl", "", "", 10)).containsExactlyInAnyOrder(first, second);
    assertThat(fixture.store.abortMultipart(first.uploadId())).isTrue();
    assertThat(fixture.store.abortMultipart(first.uploadId())).isFalse();
    assertThat(reason(fixture.part(first.uploadId(), "plain", 2, content(2))))
        .isEqualTo(Reason.NoSuchUpload);

    fixture.clock.advance(Duration.ofHours(25));
    fixture.store.sweep(fixture.clock.instant());

    assertThat(fixture.store.multipart(second.uploadId())).isEmpty();
    fixture.store.close();
    fixture = new Fixture(fixture.root);
    fixture.assertBlobs(0);
  }

  @Test
  void theEtagIsMadeOfMd5sWhereTheClientSentThem() throws IOException {
    var md5s = new ByteArrayOutputStream();
    var claims = new ArrayList<Claim>();
    for (var n = 1; n <= 2; n++) {
      var md5 = Fixture.md5(content(n));
      var part =
          done(
              fixture.part(
                  "s", "agent", n, content(n), Fixture.expected(PART, sha256(content(n)), md5)));
      assertThat(part.etag()).isEqualTo(md5);
      claims.add(new Claim(n, part.etag()));
      md5s.writeBytes(HexFormat.of().parseHex(md5));
    }

    assertThat(done(complete(claims)).stored().etag())
        .isEqualTo(Fixture.md5(md5s.toByteArray()) + "-2");
  }

  @Test
  void deletingTheObjectRemovesItsParts() throws IOException {
    done(fixture.part("s", "agent", 1, content(1)));
    done(fixture.part("s", "agent", 2, content(4)));
    var version = done(complete(List.of())).stored();
    fixture.assertBlobs(3);
    fixture.change(version, VersionState.Released);
    var reading = Fixture.reading(fixture.store.served("agent"));

    assertThat(fixture.store.deleteVersion(version.versionId())).isTrue();

    assertThat(reading.isCut()).isTrue();
    assertThat(Fixture.content(reading)).isEqualTo(concat(content(1), content(4)));
    fixture.reopen(Fixture.WHEN_READY);
    fixture.assertBlobs(0);
    assertThat(fixture.store.usage().bytes()).isZero();
  }

  private static byte[] concat(byte[] a, byte[] b) {
    var all = new ByteArrayOutputStream();
    all.writeBytes(a);
    all.writeBytes(b);
    return all.toByteArray();
  }
}
