package dev.assay.scanjob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.wire.Json;
import dev.assay.wire.scan.ScanSummary.Counts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shared cache, filled by the real Trivy from a registry on loopback.
class DatabaseTest {
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant SECOND = Instant.parse("2026-01-02T00:00:00Z");

  @TempDir Path directory;
  private Job job;
  private Path cache;

  @BeforeEach
  void start() throws Exception {
    cache = directory.resolve("cache");
    job = new Job(directory).with("ASSAY_CACHE", cache.toString());
  }

  @AfterEach
  void stop() {
    job.close();
  }

  @Test
  void anUpdateFindsMoreInTheSameBytes() throws Exception {
    refresh("first", FIRST);
    job.of(Tools.sample("aging", directory), "Archive", "aging.tgz");
    assertThat(job.runAll().counts()).isEqualTo(new Counts(0, 0, 0, 0, 0, 0));

    refresh("second", SECOND);
    try (var again = new Job(directory).with("ASSAY_CACHE", cache.toString())) {
      var summary = again.of(Tools.sample("aging", directory), "Archive", "aging.tgz").runAll();

      assertThat(summary.counts()).isEqualTo(new Counts(1, 0, 0, 0, 0, 0));
      assertThat(summary.databaseUpdatedAt()).isEqualTo(SECOND);
    }
  }

  @Test
  void aScanThatHasBegunKeepsItsVersion() throws Exception {
    refresh("first", FIRST);
    var inUse = cache.resolve("current").toRealPath();

    refresh("second", SECOND);

    assertThat(inUse.resolve("db/trivy.db")).exists();
    assertThat(cache.resolve("current").toRealPath()).isNotEqualTo(inUse);

    refresh("first", FIRST);

    assertThat(inUse).doesNotExist();
    try (var versions = Files.list(cache.resolve("versions"))) {
      assertThat(versions).hasSize(2);
    }
  }

  @Test
  void theSameDatabaseAgainChangesNothing() throws Exception {
    refresh("first", FIRST);
    var before = cache.resolve("current").toRealPath();

    refresh("first", FIRST);

    assertThat(cache.resolve("current").toRealPath()).isEqualTo(before);
    try (var versions = Files.list(cache.resolve("versions"))) {
      assertThat(versions).containsExactly(before);
    }
  }

  @Test
  void aRegistryThatIsAwayLeavesWhatIsThere() throws Exception {
    refresh("first", FIRST);

    job.with("ASSAY_DB_REPOSITORY", "127.0.0.1:" + freePort() + "/trivy-db:2");
    assertThat(job.run("database")).isEqualTo(1);

    assertThat(job.failure().reason()).isEqualTo("DatabaseUnavailable");
    assertThat(cache.resolve("current/db/trivy.db")).exists();
    try (var files = Files.list(cache)) {
      assertThat(files).hasSize(2); // current and versions: nothing half done
    }
  }

  @Test
  void aTrivyServerIsAskedInsteadOfACache() throws Exception {
    int port = freePort();
    var server =
        new ProcessBuilder(
                Tools.trivy(),
                "server",
                "--quiet",
                "--skip-db-update",
                "--cache-backend",
                "memory",
                "--cache-dir",
                Tools.fixtures().resolve("cache").toString(),
                "--listen",
                "127.0.0.1:" + port)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("server.log").toFile())
            .start();
    try {
      awaitHealthy(server, URI.create("http://127.0.0.1:" + port + "/healthz"));
      // The Java index is asked for by the client.
      job.with("ASSAY_CACHE", Tools.fixtures().resolve("cache").toString());
      job.with("ASSAY_MODE", "Server").with("ASSAY_SERVER_URL", "http://127.0.0.1:" + port);

      assertThat(job.run("database")).isZero();
      assertThat(job.database().updatedAt()).isEqualTo(FIRST);
      var summary = job.of(Tools.sample("vulnerable", directory), "Archive", "v.tgz").runAll();

      assertThat(summary.counts()).isEqualTo(new Counts(1, 1, 0, 0, 0, 0));
      assertThat(summary.databaseUpdatedAt()).isEqualTo(FIRST);
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  private void refresh(String version, Instant updatedAt) throws Exception {
    var fixtures = Tools.fixtures();
    var registry =
        new ProcessBuilder(
                fixtures.resolve("bin/demo-registry").toString(),
                "-address",
                "127.0.0.1:0",
                fixtures.resolve("registry").resolve(version).toString())
            .redirectErrorStream(true)
            .start();
    try {
      var address = announced(registry);
      job.with("ASSAY_DB_REPOSITORY", address + "/trivy-db:2");
      job.with("ASSAY_JAVA_DB_REPOSITORY", address + "/trivy-java-db:1");

      assertThat(job.run("database")).as(version).isZero();

      assertThat(job.database().updatedAt()).isEqualTo(updatedAt);
      assertThat(job.database().javaUpdatedAt()).isNotNull();
      assertThat(
              Json.MAPPER
                  .readTree(cache.resolve("current/db/metadata.json").toFile())
                  .path("UpdatedAt")
                  .asText())
          .isEqualTo(updatedAt.toString());
    } finally {
      registry.destroy();
      registry.waitFor();
    }
  }

  /// `serving DIR on HOST:PORT`
  private static String announced(Process registry) throws IOException {
    var line =
        new BufferedReader(new InputStreamReader(registry.getInputStream(), StandardCharsets.UTF_8))
            .readLine();
    assertThat(line).contains(" on 127.0.0.1:");
    return line.substring(line.lastIndexOf(' ') + 1);
  }

  private static void awaitHealthy(Process server, URI health) throws InterruptedException {
    var end = Instant.now().plusSeconds(60);
    try (var client = HttpClient.newHttpClient()) {
      while (Instant.now().isBefore(end) && server.isAlive()) {
        try {
          var request = HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(5)).build();
          if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
            return;
          }
        } catch (IOException e) {
          server.waitFor(100, TimeUnit.MILLISECONDS); // not listening yet
        }
      }
    }
    throw new AssertionError("Trivy's server did not become healthy");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
