package dev.assay.scanjob.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import dev.assay.scanjob.StepFailure;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DownloadTest {
  private static final byte[] CONTENT = "seven!!".getBytes(StandardCharsets.UTF_8);

  @TempDir Path directory;
  private final List<Duration> pauses = new ArrayList<>();
  private StubStore store;

  @BeforeEach
  void start() throws IOException {
    store = new StubStore();
    store.objects.put("artifact", CONTENT);
  }

  @AfterEach
  void stop() {
    store.close();
  }

  record Case(String name, List<StubStore.Answer> before, List<Integer> pausesSeconds) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> passing() {
    return Stream.of(
        new Case("at once", List.of(), List.of()),
        new Case(
            "after a restart",
            List.of(StubStore.status(503), StubStore.status(500)),
            List.of(1, 2)),
        new Case("after throttling", List.of(StubStore.status(429)), List.of(1)),
        new Case("after a cut in the middle", List.of(DownloadTest::cut), List.of(1)),
        new Case("after a redirect", List.of(e -> redirect(e)), List.of()));
  }

  @ParameterizedTest
  @MethodSource("passing")
  void getsTheBytes(Case c) throws Exception {
    store.then(c.before().toArray(StubStore.Answer[]::new));

    download(CONTENT.length, digest(CONTENT));

    assertThat(directory.resolve("artifact")).hasBinaryContent(CONTENT);
    assertThat(pauses).extracting(p -> (int) p.toSeconds()).isEqualTo(c.pausesSeconds());
  }

  record Failure(String name, int answer, long size, byte content, String reason, int pauses) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Failure> failing() {
    return Stream.of(
        new Failure("an expired URL is not tried again", 403, 7, (byte) 's', "DownloadRefused", 0),
        new Failure("nor is a version that is gone", 404, 7, (byte) 's', "DownloadRefused", 0),
        new Failure("a store that stays away", 503, 7, (byte) 's', "DownloadFailed", 4),
        new Failure("other bytes", 0, 7, (byte) 'S', "DigestMismatch", 0),
        new Failure("more bytes", 0, 6, (byte) 's', "SizeMismatch", 0),
        new Failure("fewer bytes, each time", 0, 8, (byte) 's', "DownloadFailed", 4));
  }

  @ParameterizedTest
  @MethodSource("failing")
  void saysWhyWithoutTheUrl(Failure c) {
    for (int i = 0; c.answer() != 0 && i < 5; i++) {
      store.then(StubStore.status(c.answer()));
    }
    var expected = CONTENT.clone();
    expected[0] = c.content();

    assertThatExceptionOfType(StepFailure.class)
        .isThrownBy(() -> download(c.size(), digest(expected)))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(c.reason()))
        .satisfies(e -> assertThat(e.sentence()).doesNotContain("127.0.0.1", "c0ffee"));
    assertThat(pauses).hasSize(c.pauses());
  }

  @Test
  void aConnectionThatFailsDoesNotTellTheUrl() {
    store.close();

    assertThatExceptionOfType(StepFailure.class)
        .isThrownBy(() -> download(7, digest(CONTENT)))
        .satisfies(e ->
            assertThat(e.sentence())
                .contains("ConnectException")
                .doesNotContain("127.0.0.1", "c0ffee"));
  }

  private void download(long size, String digest) throws StepFailure, InterruptedException {
    try (var client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build()) {
      new Download(client, new Attempts(5, Duration.ofSeconds(1), pauses::add))
          .to(directory.resolve("artifact"), new Link(store.url("artifact")), size, digest);
    }
  }

  private static void cut(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 7);
    exchange.getResponseBody().write(CONTENT, 0, 3);
    exchange.getResponseBody().flush();
    throw new IOException("cut");
  }

  private static void redirect(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Location", "/artifact?elsewhere");
    exchange.sendResponseHeaders(307, -1);
  }

  private static String digest(byte[] content) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
