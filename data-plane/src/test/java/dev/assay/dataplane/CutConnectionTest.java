package dev.assay.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.wire.control.DataPlaneConfiguration.Role;
import dev.assay.wire.control.SessionStatus;
import dev.assay.wire.control.StateChange;
import dev.assay.wire.control.StoredVersion;
import dev.assay.wire.control.VersionPage;
import dev.assay.wire.control.VersionState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Connections that end at every stage of an upload or download.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CutConnectionTest {
  private static final int SIZE = 3_000_000;

  private TestServer server;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = TestServer.inPod(folder, configuration -> configuration);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  /// @param sentBytes of a body of 3,000,000
  record Stage(String name, int sentBytes, boolean reset) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Stage> stages() {
    return Stream.of(
        new Stage("after the head", 0, false),
        new Stage("after the head, reset", 0, true),
        new Stage("after a byte", 1, false),
        new Stage("in the middle", SIZE / 2, false),
        new Stage("in the middle, reset", SIZE / 2, true),
        new Stage("before the last byte", SIZE - 1, false),
        new Stage("before the last byte, reset", SIZE - 1, true));
  }

  @ParameterizedTest
  @MethodSource("stages")
  void anUploadThatIsCutStoresNothingAndCanBeSentAgain(Stage stage) throws Exception {
    var id = "cut-" + stage.sentBytes() + stage.reset();
    open(id);
    var url = Presigned.inSession(server.endpoint(), id, id);

    try (var raw = Raw.connect(server.port())) {
      raw.send(Raw.head("PUT", url, "Content-Length: " + SIZE)).send(new byte[stage.sentBytes()]);
      if (stage.reset()) {
        Eventually.holds(
            "the upload is in flight",
            () -> server.management("/metrics").contains("uploads_in_flight 1.0"));
        raw.reset();
      } else {
        assertThat(raw.finish().all()).contains("400 Bad Request", "<Code>IncompleteBody</Code>");
      }
    }

    Eventually.holds(
        "the session knows", () -> stage.reset() || "Incomplete".equals(refusal(status(id))));
    Eventually.holds("nothing is left", () -> server.blobs().size() == versions());
    assertThat(versions(id)).isZero();
    assertThat(put(url)).isEqualTo(200);
    assertThat(versions(id)).isEqualTo(1);
  }

  @Test
  void aSessionThatIsClosedCutsItsUpload() throws Exception {
    open("closed");
    try (var raw = Raw.connect(server.port())) {
      raw.send(
              Raw.head(
                  "PUT",
                  Presigned.inSession(server.endpoint(), "closed", "closed"),
                  "Content-Length: " + SIZE))
          .send(new byte[SIZE / 2]);
      Eventually.holds("bytes have come", () -> status("closed").bytesReceived() > 0);

      assertThat(server.control("DELETE", "/v1/sessions/closed", "").statusCode()).isEqualTo(204);

      assertThat(raw.all()).doesNotContain("200 OK");
    }
    assertThat(versions("closed")).isZero();
  }

  @Test
  void aDownloadIsCutWhenItsVersionIsQuarantined() throws Exception {
    var key = "withdrawn";
    open(key);
    var large = new byte[64 << 20];
    var sent =
        server.send(
            HttpRequest.newBuilder(Presigned.inSession(server.endpoint(), key, key))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(large))
                .build());
    var version =
        server.ask(
            "GET",
            "/v1/versions/" + sent.headers().firstValue("x-amz-version-id").orElseThrow(),
            "",
            StoredVersion.class);
    var released = change(version, VersionState.Released);

    try (var raw = Raw.connect(server.port())) {
      raw.send(Raw.head("GET", Presigned.get(server.endpoint(), key, Instant.now())));
      assertThat(raw.firstByte()).isEqualTo('H');
      change(released, VersionState.Quarantined);

      assertThat(raw.countUntilClosed()).isLessThan(large.length);
    }
    try (var s3 = server.client(Role.Read)) {
      assertThat(s3.listObjectsV2(b -> b.bucket("assay").prefix(key)).contents()).isEmpty();
    }
  }

  @Test
  void aReaderThatLeavesIsForgotten() throws Exception {
    var key = "left";
    open(key);
    assertThat(put(Presigned.inSession(server.endpoint(), key, key))).isEqualTo(200);
    var id = versionsOf(key).versions().getFirst();
    change(id, VersionState.Released);
    for (var i = 0; i < 20; i++) {
      try (var raw = Raw.connect(server.port())) {
        raw.send(Raw.head("GET", Presigned.get(server.endpoint(), key, Instant.now())));
        assertThat(raw.firstByte()).isEqualTo('H');
        raw.reset();
      }
    }

    Eventually.holds("all readings are over", () -> ended() >= 20);
  }

  private long ended() throws IOException, InterruptedException {
    return server
        .management("/metrics")
        .lines()
        .filter(l -> l.startsWith("assay_dataplane_requests_seconds_count{operation=\"GetObject\""))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
        .sum();
  }

  private void open(String id) throws Exception {
    var session = new SessionBuilder(id, id).build();
    server.ask("PUT", "/v1/sessions/" + id, session, SessionStatus.class);
  }

  private SessionStatus status(String id) throws IOException, InterruptedException {
    return server.ask("GET", "/v1/sessions/" + id, "", SessionStatus.class);
  }

  private static String refusal(SessionStatus status) {
    var refusal = status.lastRefusal();
    return refusal == null ? "" : refusal.reason();
  }

  private StoredVersion change(StoredVersion seen, VersionState to) throws Exception {
    var change = new StateChange(to, seen.stateRevision(), seen.sha256(), "r", "m");
    return server.ask(
        "PUT", "/v1/versions/" + seen.versionId() + "/state", change, StoredVersion.class);
  }

  private int put(URI url) throws Exception {
    return server
        .send(
            HttpRequest.newBuilder(url)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(new byte[SIZE]))
                .build())
        .statusCode();
  }

  private VersionPage versionsOf(String prefix) throws IOException, InterruptedException {
    return server.ask("GET", "/v1/versions?prefix=" + prefix, "", VersionPage.class);
  }

  private long versions(String key) throws IOException, InterruptedException {
    return versionsOf(key).versions().stream().filter(v -> v.key().equals(key)).count();
  }

  private long versions() throws IOException, InterruptedException {
    return versionsOf("").versions().size();
  }
}
