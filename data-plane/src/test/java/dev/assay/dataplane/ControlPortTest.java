package dev.assay.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.wire.Json;
import dev.assay.wire.control.Change;
import dev.assay.wire.control.Changes;
import dev.assay.wire.control.ControlError;
import dev.assay.wire.control.DataPlaneConfiguration.Role;
import dev.assay.wire.control.SessionStatus;
import dev.assay.wire.control.StateChange;
import dev.assay.wire.control.StoreStatus;
import dev.assay.wire.control.StoredVersion;
import dev.assay.wire.control.UploadSession;
import dev.assay.wire.control.VersionPage;
import dev.assay.wire.control.VersionState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// The operator's side: sessions, verdicts and the feed, and what clients see of them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ControlPortTest {
  private static final byte[] BODY = "the artifact".repeat(1000).getBytes(StandardCharsets.UTF_8);
  private static final String SHA256 = sha256(BODY);

  private TestServer server;
  private S3Client reader;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException, InterruptedException {
    server = TestServer.inPod(folder, configuration -> configuration);
    reader = server.client(Role.Read);
  }

  @AfterAll
  void stop() {
    reader.close();
    server.close();
  }

  static Stream<String> calls() {
    return Stream.of(
        "GET /v1/status",
        "PUT /v1/sessions/x",
        "GET /v1/sessions/x",
        "DELETE /v1/sessions/x",
        "GET /v1/versions",
        "GET /v1/versions/x",
        "PUT /v1/versions/x/state",
        "DELETE /v1/versions/x",
        "GET /v1/internal/x",
        "GET /v1/versions/x/bytes",
        "DELETE /v1/internal/x",
        "GET /v1/changes",
        "GET /v1/nothing");
  }

  @ParameterizedTest
  @MethodSource("calls")
  void noCallIsAnsweredWithoutItsOwnToken(String call) throws Exception {
    var method = call.substring(0, call.indexOf(' '));
    var path = call.substring(call.indexOf(' ') + 1);
    for (var authorization : List.of("", "Bearer ", "Bearer a.b.c", "Basic eDp5")) {
      var answer = server.control(method, path, "", authorization);

      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(Json.MAPPER.readValue(answer.body(), ControlError.class).code())
          .isEqualTo("Unauthorized");
    }
  }

  @Test
  void anUploadIsServedOnceItIsReleasedAndNoLongerOnceItIsQuarantined() throws Exception {
    open(session("a1", "agent/1/agent").build());
    var put = put("a1", "agent/1/agent", BODY);
    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    var versionId = put.headers().firstValue("x-amz-version-id").orElseThrow();

    assertRefused(404, "NoSuchKey", "agent/1/agent");
    var staged = server.ask("GET", "/v1/versions/" + versionId, "", StoredVersion.class);
    assertThat(staged.state()).isEqualTo(VersionState.Staged);
    assertThat(staged.sha256()).isEqualTo(SHA256);
    assertThat(staged.session()).isEqualTo("a1");
    assertThat(staged.metadata()).isEqualTo(Map.of("team", "a"));

    var released = change(staged, VersionState.Released);
    assertThat(released.served()).isTrue();
    assertThat(reader.getObjectAsBytes(b -> b.bucket("assay").key("agent/1/agent")).asByteArray())
        .isEqualTo(BODY);

    change(released, VersionState.Quarantined);
    assertThatThrownBy(() -> reader.getObject(b -> b.bucket("assay").key("agent/1/agent")))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(403);
              assertThat(e.awsErrorDetails().errorMessage())
                  .contains("VulnerabilitiesFound", "1 critical vulnerability");
            });
  }

  @Test
  void aChangeThatWasDecidedOnAnotherStateIsAConflict() throws Exception {
    var staged = stored("a2", "conflict");
    var stale =
        new StateChange(VersionState.Released, staged.stateRevision() + 1, SHA256, null, null);
    var otherBytes =
        new StateChange(VersionState.Released, staged.stateRevision(), "0".repeat(64), null, null);

    for (var change : List.of(stale, otherBytes)) {
      var answer = server.control("PUT", "/v1/versions/" + staged.versionId() + "/state", change);

      assertThat(answer.statusCode()).isEqualTo(409);
      var error = Json.MAPPER.readValue(answer.body(), ControlError.class);
      assertThat(error.code()).isEqualTo("Conflict");
      assertThat(error.current()).isEqualTo(staged);
    }
    assertThat(server.control("PUT", "/v1/versions/nope/state", stale).statusCode()).isEqualTo(404);
  }

  @Test
  void theWrongBytesAreRefusedAndTheSessionSaysWhy() throws Exception {
    open(session("a3", "tampered").sha256("1".repeat(64)).build());

    var put = put("a3", "tampered", BODY);

    assertThat(put.statusCode()).isEqualTo(400);
    assertThat(put.body())
        .contains("<Code>BadDigest</Code>", "expected sha256:" + "1".repeat(64), SHA256);
    var status = server.ask("GET", "/v1/sessions/a3", "", SessionStatus.class);
    assertThat(status.phase()).isEqualTo(SessionStatus.Phase.Open);
    assertThat(status.lastRefusal())
        .isEqualTo(
            new SessionStatus.Refusal(
                "DigestMismatch", "sha256:" + "1".repeat(64), "sha256:" + SHA256));
  }

  @Test
  void aSessionTakesOneSuccessAndNoMoreThanItsLimits() throws Exception {
    open(session("a4", "limits").maxSizeBytes(BODY.length - 1).build());
    assertThat(put("a4", "limits", BODY).body()).contains("<Code>EntityTooLarge</Code>");
    assertThat(put("a4", "another", BODY).body()).contains("<Code>AccessDenied</Code>");
    assertThat(put("none", "limits", BODY).body()).contains("<Code>AccessDenied</Code>");

    open(session("a4", "limits").build());
    assertThat(put("a4", "limits", BODY).statusCode()).isEqualTo(200);
    var again = put("a4", "limits", BODY);
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(again.body()).contains("<Code>OperationAborted</Code>");

    open(session("a5", "expired").expiresAt(Instant.now().minusSeconds(1)).build());
    assertThat(put("a5", "expired", BODY).body())
        .contains("<Code>AccessDenied</Code>", "has expired");
  }

  @Test
  void aMultipartSessionIsCompletedByAPlainPost() throws Exception {
    var id = "m1";
    open(session(id, "big").multipart(new UploadSession.Multipart(5 << 20, 3)).build());
    var parts = new byte[][] {new byte[5 << 20], BODY};
    for (var number = 2; number >= 1; number--) {
      var n = number;
      try (var presigner = server.presigner(Role.Presign)) {
        var url =
            presigner
                .presignUploadPart(p ->
                    p.signatureDuration(Duration.ofMinutes(5))
                        .uploadPartRequest(
                            r -> r.bucket("assay").key("big").uploadId(id).partNumber(n)))
                .url();
        assertThat(send("PUT", url.toURI(), parts[n - 1]).statusCode()).isEqualTo(200);
      }
    }
    try (var presigner = server.presigner(Role.Presign)) {
      var url =
          presigner
              .presignCompleteMultipartUpload(p ->
                  p.signatureDuration(Duration.ofMinutes(5))
                      .completeMultipartUploadRequest(
                          r -> r.bucket("assay").key("big").uploadId(id)))
              .url();

      var done = send("POST", url.toURI(), new byte[0]);
      var again = send("POST", url.toURI(), new byte[0]);

      assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
      assertThat(done.body()).contains("-2&quot;</ETag>");
      assertThat(again.body()).isEqualTo(done.body());
    }
    var status = server.ask("GET", "/v1/sessions/m1", "", SessionStatus.class);
    assertThat(status.phase()).isEqualTo(SessionStatus.Phase.Completed);
    assertThat(status.version())
        .extracting(StoredVersion::sizeBytes)
        .isEqualTo((5L << 20) + BODY.length);
  }

  @Test
  void reportsArePublishedOnceAndReadByTheOperator() throws Exception {
    var key = ".assay/reports/d/j/1/findings.json.gz";
    try (var publisher = server.client(Role.Publisher)) {
      publisher.putObject(b -> b.bucket("assay").key(key), RequestBody.fromBytes(BODY));
      assertThatThrownBy(
              () -> publisher.putObject(b -> b.bucket("assay").key(key), RequestBody.empty()))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
      assertThatThrownBy(
              () -> publisher.putObject(b -> b.bucket("assay").key("k"), RequestBody.empty()))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    }

    var read = server.control("GET", "/v1/internal/" + key, "");
    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(read.body()).isEqualTo(new String(BODY, StandardCharsets.UTF_8));
    assertThat(read.headers().firstValue("etag")).hasValue("\"" + SHA256 + "\"");
    assertThat(reader.getObjectAsBytes(b -> b.bucket("assay").key(key)).asByteArray())
        .isEqualTo(BODY);
    assertThat(reader.listObjectsV2(b -> b.bucket("assay")).contents())
        .noneMatch(o -> o.key().startsWith(".assay/"));
    assertThat(reader.listObjectsV2(b -> b.bucket("assay").prefix(".assay/reports/d/")).contents())
        .hasSize(1);

    assertThat(server.control("DELETE", "/v1/internal/.assay/reports/d/", "").statusCode())
        .isEqualTo(204);
    assertThat(server.control("GET", "/v1/internal/" + key, "").statusCode()).isEqualTo(404);
  }

  @Test
  void aVersionsBytesAreReadInAnyState() throws Exception {
    var staged = stored("b7", "bundle.sigstore.json");

    var read = server.control("GET", "/v1/versions/" + staged.versionId() + "/bytes", "");

    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(read.body()).isEqualTo(new String(BODY, StandardCharsets.UTF_8));
    assertThat(read.headers().firstValue("etag")).hasValue("\"" + SHA256 + "\"");
    assertThat(server.control("GET", "/v1/versions/none/bytes", "").statusCode()).isEqualTo(404);
  }

  @Test
  void theScannerReadsOneStagedVersionAndNothingElse() throws Exception {
    var staged = stored("a6", "to-scan");
    try (var scanner = server.client(Role.Scanner)) {
      var bytes =
          scanner.getObjectAsBytes(
              b -> b.bucket("assay").key("to-scan").versionId(staged.versionId()));
      assertThat(bytes.asByteArray()).isEqualTo(BODY);
      assertThatThrownBy(() -> scanner.getObject(b -> b.bucket("assay").key("to-scan")))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
      assertThatThrownBy(() ->
              scanner.getObject(b -> b.bucket("assay").key("other").versionId(staged.versionId())))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(404));
    }
    assertThatThrownBy(() ->
            reader.getObject(b -> b.bucket("assay").key("to-scan").versionId(staged.versionId())))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(404));
  }

  @Test
  void theFeedWakesItsReader() throws Exception {
    var now = server.ask("GET", "/v1/changes", "", Changes.class);
    assertThat(now.changes()).isEmpty();
    var path = "/v1/changes?after=" + now.cursor() + "&waitSeconds=30&limit=500";
    var waiting =
        CompletableFuture.supplyAsync(() -> {
          try {
            return server.ask("GET", path, "", Changes.class);
          } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
          }
        });

    var stored = stored("a7", "fed");

    var news = waiting.get(20, java.util.concurrent.TimeUnit.SECONDS);
    assertThat(news.changes())
        .anyMatch(c -> c instanceof Change.VersionStored s && s.version().equals(stored));
    var gone = server.control("GET", "/v1/changes?after=other.1", "");
    assertThat(gone.statusCode()).isEqualTo(410);
    assertThat(gone.body()).contains("CursorGone");
  }

  @Test
  void versionsAreListedAndDeleted() throws Exception {
    var stored = stored("a8", "list/me");

    var page = server.ask("GET", "/v1/versions?limit=1000&prefix=list%2F", "", VersionPage.class);
    assertThat(page.versions()).containsExactly(stored);

    var path = "/v1/versions/" + stored.versionId();
    assertThat(server.control("DELETE", path, "").statusCode()).isEqualTo(204);
    assertThat(server.control("DELETE", path, "").statusCode()).isEqualTo(204);
    assertThat(server.control("GET", path, "").statusCode()).isEqualTo(404);
  }

  @Test
  void theStoreTellsOfItself() throws Exception {
    var status = server.ask("GET", "/v1/status", "", StoreStatus.class);

    assertThat(status.bucketUid()).isEqualTo("uid-1");
    assertThat(status.configurationDigest()).matches("[0-9a-f]{64}");
    assertThat(server.management("/health/ready")).isEqualTo("{\"status\":\"UP\"}");
    assertThat(server.management("/metrics"))
        .contains("assay_dataplane_requests_seconds_count{operation=\"control GET /v1/status\"")
        .contains("assay_dataplane_uploads_in_flight 0.0");
  }

  static Stream<String> badBodies() {
    return Stream.of("", "null", "{", "[]", "{}", "{\"id\":\"other\",\"key\":\"k\"}");
  }

  @ParameterizedTest
  @MethodSource("badBodies")
  void aSessionThatMakesNoSenseIsRefused(String body) throws Exception {
    var answer = server.control("PUT", "/v1/sessions/bad", body);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(server.control("GET", "/v1/sessions/bad", "").statusCode()).isEqualTo(404);
  }

  private StoredVersion stored(String session, String key) throws Exception {
    open(session(session, key).build());
    var put = put(session, key, BODY);
    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    var id = put.headers().firstValue("x-amz-version-id").orElseThrow();
    return server.ask("GET", "/v1/versions/" + id, "", StoredVersion.class);
  }

  private StoredVersion change(StoredVersion seen, VersionState to) throws Exception {
    var change =
        new StateChange(
            to,
            seen.stateRevision(),
            seen.sha256(),
            "VulnerabilitiesFound",
            "1 critical vulnerability");
    return server.ask(
        "PUT", "/v1/versions/" + seen.versionId() + "/state", change, StoredVersion.class);
  }

  private void open(UploadSession session) throws Exception {
    server.ask("PUT", "/v1/sessions/" + session.id(), session, SessionStatus.class);
  }

  private HttpResponse<String> put(String session, String key, byte[] body) throws Exception {
    return send("PUT", Presigned.inSession(server.endpoint(), key, session), body);
  }

  private HttpResponse<String> send(String method, URI url, byte[] body) throws Exception {
    return server.send(
        HttpRequest.newBuilder(url)
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
            .build());
  }

  private void assertRefused(int status, String code, String key) {
    assertThatThrownBy(() -> reader.getObject(b -> b.bucket("assay").key(key)))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(status);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            });
  }

  private static SessionBuilder session(String id, String key) {
    return new SessionBuilder(id, key);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
