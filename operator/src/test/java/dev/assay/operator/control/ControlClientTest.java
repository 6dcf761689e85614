package dev.assay.operator.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.wire.control.Change;
import dev.assay.wire.control.SessionStatus;
import dev.assay.wire.control.StateChange;
import dev.assay.wire.control.UploadSession;
import dev.assay.wire.control.VersionState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlClientTest {
  private static final String DIGEST = "ab".repeat(32);

  private final KeyPair keys = keys();
  private final FakeDataPlane plane =
      new FakeDataPlane(
          () -> List.of(Base64.getEncoder().encodeToString(keys.getPublic().getEncoded())));
  private final FakeStore store = plane.store("uid-1");
  private final HttpClient http = HttpClient.newHttpClient();
  private final ControlClient client = client("uid-1", plane.endpoint());

  @AfterEach
  void close() {
    http.close();
    plane.close();
  }

  @Test
  void aSessionIsOpenedReadAndClosed() throws IOException {
    assertThat(client.session("s-0000001")).isEmpty();

    assertThat(client.openSession(session("s-0000001")).phase())
        .isEqualTo(SessionStatus.Phase.Open);
    assertThat(client.session("s-0000001")).isPresent();

    client.closeSession("s-0000001");
    client.closeSession("s-0000001");
    assertThat(client.session("s-0000001")).isEmpty();
  }

  @Test
  void aVersionIsReleasedOnlyAtTheRevisionThatWasSeen() throws IOException {
    client.openSession(session("s-0000001"));
    var stored = store.upload("s-0000001", 7, DIGEST);

    var stale = client.changeState(stored.versionId(), release(0));
    var fresh = client.changeState(stored.versionId(), release(1));
    var missing = client.changeState("other", release(1));

    assertThat(stale).isEqualTo(new StateAnswer.Moved(stored));
    assertThat(fresh).isInstanceOf(StateAnswer.Changed.class);
    assertThat(missing).isEqualTo(new StateAnswer.Missing());
    assertThat(client.version(stored.versionId()).orElseThrow().state())
        .isEqualTo(VersionState.Released);
    assertThat(client.versions()).hasSize(1);
  }

  @Test
  void theFeedTellsWhatCameAfterTheCursorOrThatItIsGone() throws IOException {
    var cursor = client.cursor();
    client.openSession(session("s-0000001"));
    var stored = store.upload("s-0000001", 7, DIGEST);

    var news = client.changes(cursor, Duration.ZERO);
    store.newEpoch();
    var gone = client.changes(cursor, Duration.ZERO);

    assertThat(news)
        .isInstanceOfSatisfying(
            FeedAnswer.Read.class,
            read ->
                assertThat(read.changes().changes())
                    .containsExactly(new Change.VersionStored(1, stored)));
    assertThat(gone).isEqualTo(new FeedAnswer.CursorGone());
  }

  @Test
  void keysWithEverySortOfCharacterTravelUnharmed() throws IOException {
    var key = ".assay/reports/a b/ü+%2F?#*~/findings.json.gz";
    store.putInternal(key, new byte[] {1, 2, 3});

    var found = client.internal(key);

    assertThat(found)
        .isInstanceOfSatisfying(
            SmallObject.Read.class, read -> assertThat(read.bytes()).containsExactly(1, 2, 3));
    assertThat(client.internal(".assay/none")).isEqualTo(new SmallObject.Missing());
  }

  @Test
  void aVersionsBytesAreRead() throws IOException {
    store.putBytes("v1", new byte[] {1, 2, 3});

    assertThat(client.bytes("v1"))
        .isInstanceOfSatisfying(
            SmallObject.Read.class, read -> assertThat(read.bytes()).containsExactly(1, 2, 3));
    assertThat(client.bytes("v2")).isEqualTo(new SmallObject.Missing());
  }

  @Test
  void anotherBucketsTokenIsNotAccepted() {
    assertThatThrownBy(() -> client("uid-2", plane.endpoint()).status())
        .isInstanceOfSatisfying(
            ControlRefused.class, e -> assertThat(e.code()).isEqualTo("Unauthorized"));
  }

  @Test
  void whatCouldNotBeFoundOutIsNotAnAnswer() {
    plane.setDown(true);

    assertThatThrownBy(() -> client.session("s"))
        .isInstanceOf(ControlRefused.class)
        .hasMessageContaining("503 Unavailable");
    assertThatThrownBy(() -> client("uid-1", "http://127.0.0.1:1").status())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("GET http://127.0.0.1:1/v1/status");
  }

  private ControlClient client(String bucketUid, String endpoint) {
    return new ControlClient(
        new ControlCalls(
            http, URI.create(endpoint), bucketUid, keys.getPrivate(), Clock.systemUTC()),
        Duration.ofSeconds(5));
  }

  private static StateChange release(long revision) {
    return new StateChange(VersionState.Released, revision, DIGEST, null, null);
  }

  static UploadSession session(String id) {
    return new UploadSession(
        id,
        "agent/1/agent",
        100,
        null,
        List.of(),
        null,
        Map.of(),
        Instant.parse("2100-01-01T00:00:00Z"),
        null,
        false);
  }

  static KeyPair keys() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
