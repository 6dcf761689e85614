package dev.assay.scanjob.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import dev.assay.scanjob.StepFailure;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadTest {
  private static final String CONTENT = "report";

  @TempDir Path directory;
  private StubStore store;

  @BeforeEach
  void start() throws IOException {
    store = new StubStore();
  }

  @AfterEach
  void stop() {
    store.close();
  }

  @Test
  void putsTheBytesAndAsksForANewObject() throws Exception {
    store.then(exchange -> {
      assertThat(exchange.getRequestHeaders().getFirst("If-None-Match")).isEqualTo("*");
      store.objects.put("report", exchange.getRequestBody().readAllBytes());
      exchange.sendResponseHeaders(200, -1);
    });

    put();

    assertThat(store.objects.get("report")).asString().isEqualTo(CONTENT);
  }

  @Test
  void triesAgainWhenTheStoreIsAway() throws Exception {
    store.then(StubStore.status(503));

    put();

    assertThat(store.objects).containsKey("report");
  }

  @Test
  void aLostAnswerIsASuccessWhenTheStoreHoldsOurBytes() throws Exception {
    store.then(StubStore.status(500), exchange -> conflict(exchange, 409, md5()));
    put();

    store.then(StubStore.status(500), exchange -> conflict(exchange, 412, md5()));
    put();
  }

  @Test
  void anObjectOfOtherBytesIsAConflict() {
    store.then(StubStore.status(500), exchange -> conflict(exchange, 409, "0".repeat(32)));

    refused("UploadConflict");
  }

  @Test
  void anObjectThatWasThereBeforeTheFirstAttemptIsAConflict() {
    store.then(exchange -> conflict(exchange, 409, md5()));

    refused("UploadConflict");
  }

  @Test
  void aConflictWithoutEvidenceIsAConflict() {
    store.then(StubStore.status(500), StubStore.status(409));

    refused("UploadConflict");
  }

  @Test
  void aRefusalStands() {
    store.then(StubStore.status(403));

    refused("UploadRefused");
  }

  private void refused(String reason) {
    assertThatExceptionOfType(StepFailure.class)
        .isThrownBy(this::put)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
        .satisfies(e -> assertThat(e.sentence()).doesNotContain("127.0.0.1", "c0ffee"));
  }

  private void put() throws IOException, StepFailure, InterruptedException {
    var file = Files.writeString(directory.resolve("file"), CONTENT);
    try (var client = HttpClient.newHttpClient()) {
      new Upload(client, new Attempts(5, Duration.ofSeconds(1), pause -> {}))
          .put(file, new Link(store.url("report")), "report");
    }
  }

  private String md5() throws IOException {
    return Digests.md5(directory.resolve("file"));
  }

  private static void conflict(HttpExchange exchange, int status, String etag) throws IOException {
    exchange.getResponseHeaders().set("ETag", "\"" + etag + "\"");
    exchange.sendResponseHeaders(status, -1);
  }
}
