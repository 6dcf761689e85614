package dev.assay.operator.images.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.assay.operator.signing.SigningKey;
import dev.assay.policy.image.PinnedImage;
import dev.assay.policy.signature.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A registry that says what a test wants, on a port of its own.
public final class FakeRegistry implements AutoCloseable {
  private static final String BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";

  /// What is answered to a path.
  record Saying(int status, Map<String, String> headers, String body) {}

  /// What was asked, with which authorization.
  record Asked(String target, String authorization) {}

  private final HttpServer server;
  private final Map<String, Saying> sayings = new ConcurrentHashMap<>();
  final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile String wanted = "";
  private volatile String challenge = "";

  public FakeRegistry() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /// Host and port, as images name it.
  public String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /// An image of which only the digest exists.
  public PinnedImage image(String name) {
    return new PinnedImage(host(), name, Sha256.of("manifest of " + name));
  }

  void says(String path, int status, Map<String, String> headers, String body) {
    sayings.put(path, new Saying(status, headers, body));
  }

  /// From now on only this authorization is let in.
  void wants(String authorization, String withChallenge) {
    wanted = authorization;
    challenge = withChallenge;
  }

  /// As cosign 3 signs: one referrer each, below the API or the fallback's tag.
  public void sign(PinnedImage image, boolean byApi, String... bundles) {
    var entries = new ArrayList<String>();
    for (var bundle : bundles) {
      var manifest =
          "{\"artifactType\":\"%s\",\"layers\":[{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}]}"
              .formatted(BUNDLE, BUNDLE, blob(image, bundle), bundle.length());
      var digest = Sha256.of(manifest);
      says(path(image, "manifests/" + digest), 200, Map.of(), manifest);
      entries.add(
          "{\"artifactType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
              .formatted(BUNDLE, digest, manifest.length()));
    }
    index(image, byApi, entries);
  }

  void index(PinnedImage image, boolean byApi, List<String> entries) {
    var where = byApi ? "referrers/sha256:" : "manifests/sha256-";
    says(
        path(image, where + image.digest().hex()),
        200,
        Map.of(),
        "{\"manifests\":[" + String.join(",", entries) + "]}");
  }

  /// As cosign 2 signs.
  public void signOlder(PinnedImage image, SigningKey key) {
    var payload =
        "{\"critical\":{\"identity\":{\"docker-reference\":\"x\"},\"image\":{\"docker-manifest-digest\":\"%s\"},\"type\":\"cosign container image signature\"},\"optional\":null}"
            .formatted(image.digest());
    var signature =
        Base64.getEncoder().encodeToString(key.sign(payload.getBytes(StandardCharsets.UTF_8)));
    var layer =
        "{\"mediaType\":\"application/vnd.dev.cosign.simplesigning.v1+json\",\"digest\":\"%s\",\"size\":%d,\"annotations\":{\"dev.cosignproject.cosign/signature\":\"%s\"}}"
            .formatted(blob(image, payload), payload.length(), signature);
    says(
        path(image, "manifests/sha256-" + image.digest().hex() + ".sig"),
        200,
        Map.of(),
        "{\"layers\":[" + layer + "]}");
  }

  Sha256 blob(PinnedImage image, String text) {
    var digest = Sha256.of(text);
    says(path(image, "blobs/" + digest), 200, Map.of(), text);
    return digest;
  }

  static String path(PinnedImage image, String rest) {
    return "/v2/" + image.repository() + "/" + rest;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var given = exchange.getRequestHeaders().getFirst("Authorization");
      var target = exchange.getRequestURI().toString();
      asked.add(new Asked(target, given == null ? "" : given));
      var path = exchange.getRequestURI().getPath();
      var saying = sayings.get(path);
      if (path.startsWith("/v2/") && !wanted.isEmpty() && !wanted.equals(given)) {
        exchange.getResponseHeaders().set("WWW-Authenticate", challenge);
        exchange.sendResponseHeaders(401, -1);
      } else if (saying == null) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        say(exchange, saying);
      }
    }
  }

  // With X-Length more is promised than comes, and the client waits for the rest.
  private void say(HttpExchange exchange, Saying saying) throws IOException {
    var body = saying.body().getBytes(StandardCharsets.UTF_8);
    saying.headers().forEach(exchange.getResponseHeaders()::set);
    var promised = Long.parseLong(saying.headers().getOrDefault("X-Length", "0"));
    // 0 means "of unknown length" there, and -1 none.
    var length = body.length == 0 ? -1 : body.length;
    exchange.sendResponseHeaders(saying.status(), promised > 0 ? promised : length);
    exchange.getResponseBody().write(body);
    exchange.getResponseBody().flush();
    if (promised > 0) {
      awaitClose();
    }
  }

  private void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
