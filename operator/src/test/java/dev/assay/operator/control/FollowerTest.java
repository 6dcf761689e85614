package dev.assay.operator.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FollowerTest {
  private static final ResourceID BUCKET = new ResourceID("releases", "team");

  private final KeyPair keys = ControlClientTest.keys();
  private final FakeDataPlane plane =
      new FakeDataPlane(
          () -> List.of(Base64.getEncoder().encodeToString(keys.getPublic().getEncoded())));
  private final FakeStore store = plane.store("uid-1");
  private final HttpClient http = HttpClient.newHttpClient();
  private final BlockingQueue<Wake> wakes = new LinkedBlockingQueue<>();
  private @Nullable Thread thread;

  @AfterEach
  void close() throws InterruptedException {
    if (thread != null) {
      thread.interrupt();
      assertThat(thread.join(Duration.ofSeconds(5))).as("an interrupted follower ends").isTrue();
    }
    http.close();
    plane.close();
  }

  @Test
  void listsFirstThenFollowsAndListsAgainWhenItsCursorIsGone() throws Exception {
    follow(Duration.ofHours(1));
    assertThat(next()).isEqualTo(new Wake.Listed(BUCKET, List.of()));

    client().openSession(ControlClientTest.session("s-0000001"));
    var stored = store.upload("s-0000001", 7, "ab".repeat(32));
    assertThat(next()).isEqualTo(new Wake.Changed(BUCKET, "agent/1/agent", "s-0000001"));

    store.newEpoch();
    assertThat(next()).isEqualTo(new Wake.Listed(BUCKET, List.of(stored)));
  }

  @Test
  void saysOnceThatTheDataPlaneIsLostAndOnceThatItIsBack() throws Exception {
    plane.setDown(true);
    follow(Duration.ofHours(1));
    assertThat(next()).isInstanceOf(Wake.Lost.class);

    plane.setDown(false);

    assertThat(next()).isEqualTo(new Wake.Recovered(BUCKET));
    assertThat(next()).isInstanceOf(Wake.Listed.class);
  }

  private void follow(Duration interval) {
    var follower = new Follower(BUCKET, this::client, interval, Clock.systemUTC(), wakes::add);
    thread = Thread.ofVirtual().start(follower);
  }

  private Wake next() throws InterruptedException {
    var wake = wakes.poll(10, TimeUnit.SECONDS);
    assertThat(wake).as("a wake within 10 s").isNotNull();
    return Objects.requireNonNull(wake);
  }

  private ControlClient client() throws IOException {
    return new ControlClient(
        new ControlCalls(
            http, URI.create(plane.endpoint()), "uid-1", keys.getPrivate(), Clock.systemUTC()),
        Duration.ofSeconds(5));
  }
}
