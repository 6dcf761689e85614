package dev.assay.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/// The process as people start it, ended in both ways, and the clients that people use.
class ProcessTest {
  private static final int SIZE = 2_000_000;

  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endWhatWasStarted() throws InterruptedException {
    for (var process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  /// A running process on two free ports.
  private record Running(Process process, int port, int management, Path log) {}

  @Test
  void whatWasAcknowledgedSurvivesAKillAndNothingElseDoes(@TempDir Path folder) throws Exception {
    var first = start(folder);
    try (var s3 = client(first)) {
      s3.putObject(b -> b.bucket("assay").key("whole"), RequestBody.fromBytes(new byte[SIZE]));
    }
    try (var raw = Raw.connect(first.port())) {
      var url = URI.create("http://127.0.0.1:" + first.port() + "/assay/half");
      raw.send(signedHead(url)).send(new byte[SIZE / 2]);
      Eventually.holds(
          "an upload is in flight",
          () -> metrics(first).contains("assay_dataplane_uploads_in_flight 1.0"));

      first.process().destroyForcibly().waitFor();
    }

    var second = start(folder);

    try (var s3 = client(second)) {
      assertThat(s3.listObjectsV2(b -> b.bucket("assay")).contents())
          .extracting(S3Object::key)
          .containsExactly("whole");
      assertThat(s3.getObjectAsBytes(b -> b.bucket("assay").key("whole")).asByteArray())
          .hasSize(SIZE);
    }
    try (var blobs = Files.walk(folder.resolve("root/blobs"))) {
      assertThat(blobs.filter(Files::isRegularFile)).hasSize(1);
    }
    assertThat(folder.resolve("root/tmp")).isEmptyDirectory();
  }

  @Test
  void itStopsInGoodOrderWhenTold(@TempDir Path folder) throws Exception {
    var running = start(folder);
    try (var raw = Raw.connect(running.port())) {
      var url = URI.create("http://127.0.0.1:" + running.port() + "/assay/slow");
      raw.send(signedHead(url)).send(new byte[SIZE - 1]);
      Eventually.holds(
          "an upload is in flight",
          () -> metrics(running).contains("assay_dataplane_uploads_in_flight 1.0"));

      running.process().destroy();
      Eventually.holds("it takes no more", () -> !accepts(running.port()));
      raw.send(new byte[1]);

      assertThat(raw.all()).startsWith("HTTP/1.1 200 OK");
    }
    assertThat(running.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
    var log = Files.readString(running.log());
    assertThat(log).contains("\"message\":\"stopped\"").doesNotContain("secret-of-test");
  }

  @Test
  void itSaysWhyItCannotStart(@TempDir Path folder) throws Exception {
    var running = start(folder);

    var second = launch(folder, running.port(), running.management(), folder.resolve("second.log"));

    assertThat(second.waitFor()).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("second.log"))).contains("cannot start: ");
  }

  @Test
  void realClientsWork(@TempDir Path folder) throws Exception {
    var running = start(folder);
    var script = Path.of("src/test/clients/run.sh").toAbsolutePath();
    var builder =
        new ProcessBuilder(script.toString(), "http://127.0.0.1:" + running.port(), "assay")
            .inheritIO();
    builder.environment().put("AWS_ACCESS_KEY_ID", "test");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "secret-of-test");
    // Nothing of the developer's own.
    builder.environment().put("AWS_CONFIG_FILE", "/dev/null");
    builder.environment().put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
    builder.environment().remove("AWS_SESSION_TOKEN");
    builder.environment().remove("AWS_PROFILE");

    var clients = builder.start();
    started.add(clients);

    assertThat(clients.waitFor()).as("see the clients' own report above").isZero();
  }

  private Running start(Path folder) throws Exception {
    var port = freePort();
    var management = freePort();
    var log = Files.createTempFile(folder, "server", ".log");
    var process = launch(folder, port, management, log);
    var running = new Running(process, port, management, log);
    Eventually.holds(
        "it is ready",
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError(Files.readString(log));
          }
          return accepts(management) && metrics(running).contains("assay_dataplane_objects");
        });
    return running;
  }

  private Process launch(Path folder, int port, int management, Path log) throws IOException {
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--root",
                folder.resolve("root").toString(),
                "--port",
                Integer.toString(port),
                "--management-port",
                Integer.toString(management))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("ASSAY_ACCESS_KEY_ID", "test");
    builder.environment().put("ASSAY_SECRET_ACCESS_KEY", "secret-of-test");
    var process = builder.start();
    started.add(process);
    return process;
  }

  private static String signedHead(URI url) {
    return Raw.head("PUT", Presigned.put(url, "test", "secret-of-test"), "Content-Length: " + SIZE);
  }

  private static S3Client client(Running running) {
    return S3Client.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + running.port()))
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "secret-of-test")))
        .build();
  }

  private static String metrics(Running running) throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var url = URI.create("http://127.0.0.1:" + running.management() + "/metrics");
      return http.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private static boolean accepts(int port) {
    try (var _ = Raw.connect(port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
