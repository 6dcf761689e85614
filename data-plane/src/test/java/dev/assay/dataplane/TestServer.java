package dev.assay.dataplane;

import dev.assay.dataplane.http.Limits;
import dev.assay.wire.Json;
import dev.assay.wire.control.ControlToken;
import dev.assay.wire.control.DataPlaneConfiguration;
import dev.assay.wire.control.DataPlaneConfiguration.AccessKey;
import dev.assay.wire.control.DataPlaneConfiguration.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// A data plane in this process, on ports of its own and in a directory of the test's.
final class TestServer implements AutoCloseable {
  static final String BUCKET = "assay";
  static final Limits LIMITS =
      Limits.DEFAULT.withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(2));

  private static final Options.Ports ANY =
      new Options.Ports(0, OptionalInt.of(0), OptionalInt.of(0));

  private final KeyPair operator;
  private final Path folder;
  private final Options.Mode mode;
  private final HttpClient http = HttpClient.newHttpClient();
  private DataPlane running;

  private TestServer(Path folder, KeyPair operator, Options.Mode mode)
      throws IOException, InterruptedException {
    this.folder = folder;
    this.operator = operator;
    this.mode = mode;
    this.running = start(folder, mode);
  }

  /// Alone: one key, everything is released at once.
  static TestServer alone(Path folder) throws IOException, InterruptedException {
    var mode = new Options.Mode.Alone(BUCKET, "us-east-1", "ReadWrite", secret("ReadWrite"));
    return new TestServer(folder, keyPair(), mode);
  }

  /// Under an operator, with one key for each role, named as the role.
  static TestServer inPod(Path folder, UnaryOperator<DataPlaneConfiguration> change)
      throws IOException, InterruptedException {
    var operator = keyPair();
    var keys = Files.createDirectories(folder.resolve("keys"));
    for (var role : Role.values()) {
      Files.writeString(keys.resolve(role.name()), secret(role.name()) + "\n");
    }
    var file = folder.resolve("config.json");
    var first = change.apply(configuration(operator));
    Files.writeString(file, Json.MAPPER.writeValueAsString(first));
    return new TestServer(folder, operator, new Options.Mode.InPod(file, keys));
  }

  /// Starts over on the same files, as a pod does.
  void restart() throws IOException, InterruptedException {
    running.close();
    running = start(folder, mode);
  }

  private static DataPlane start(Path folder, Options.Mode mode)
      throws IOException, InterruptedException {
    var options = new Options(mode, folder.resolve("root"), "127.0.0.1", ANY, 8);
    return DataPlane.start(options, Clock.systemUTC(), LIMITS);
  }

  DataPlaneConfiguration configuration() {
    return configuration(operator);
  }

  private static DataPlaneConfiguration configuration(KeyPair operator) {
    return new DataPlaneConfiguration(
        BUCKET,
        "uid-1",
        "us-east-1",
        false,
        1L << 30,
        List.of(),
        null,
        false,
        List.of(),
        false,
        Duration.ofHours(1),
        List.of(Base64.getEncoder().encodeToString(operator.getPublic().getEncoded())),
        Stream.of(Role.values()).map(r -> new AccessKey(r.name(), r)).toList());
  }

  /// Replaces the file in one step, as the kubelet does.
  void configure(DataPlaneConfiguration configuration) throws IOException {
    write(Json.MAPPER.writeValueAsString(configuration));
  }

  void write(String configuration) throws IOException {
    Files.writeString(folder.resolve("config.next"), configuration);
    Files.move(
        folder.resolve("config.next"),
        folder.resolve("config.json"),
        java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  Path keys() {
    return folder.resolve("keys");
  }

  /// Bodies in the store, whole or in the making.
  List<Path> blobs() throws IOException {
    try (var whole = Files.list(folder.resolve("root/blobs"));
        var making = Files.list(folder.resolve("root/tmp"))) {
      return Stream.concat(whole, making).toList();
    }
  }

  static String secret(String accessKeyId) {
    return "secret-of-" + accessKeyId;
  }

  int port() {
    return running.addresses().getFirst().getPort();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + port());
  }

  S3Client client(Role role) {
    return client(role.name(), secret(role.name()));
  }

  S3Client client(String id, String secret) {
    return S3Client.builder()
        .endpointOverride(endpoint())
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret)))
        .build();
  }

  S3Presigner presigner(Role role) {
    return S3Presigner.builder()
        .endpointOverride(endpoint())
        .region(Region.US_EAST_1)
        .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(role.name(), secret(role.name()))))
        .build();
  }

  /// A call of the control port with a token for it.
  HttpResponse<String> control(String method, String path, Object body)
      throws IOException, InterruptedException {
    var text = body instanceof String s ? s : Json.MAPPER.writeValueAsString(body);
    var call = ControlToken.Call.of("uid-1", method, path, text.getBytes(StandardCharsets.UTF_8));
    var token = ControlToken.sign(call, operator.getPrivate(), Instant.now());
    return control(method, path, text, "Bearer " + token);
  }

  HttpResponse<String> control(String method, String path, String body, String authorization)
      throws IOException, InterruptedException {
    var at = running.addresses().get(1).getPort();
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at + path))
            .header("Authorization", authorization)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  <T> T ask(String method, String path, Object body, Class<T> type)
      throws IOException, InterruptedException {
    var answer = control(method, path, body);
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return Json.MAPPER.readValue(answer.body(), type);
  }

  String management(String path) throws IOException, InterruptedException {
    var at = running.addresses().get(2).getPort();
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at + path)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static KeyPair keyPair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    running.close();
    http.close();
  }
}
