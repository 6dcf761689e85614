package dev.assay.operator.signing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.assay.operator.OperatorConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A mirror of a TUF repository that go-tuf wrote (`hack/fixtures/tuf`), honest until told
/// otherwise.
public final class FakeMirror implements AutoCloseable, OperatorConfiguration.Sigstore {
  private static final Path FILES = Path.of("src/test/resources/dev/assay/operator/signing/tuf");

  /// What all repositories but `foreign` are trusted by.
  public static final Path ANCHOR = FILES.resolve("first/1.root.json");

  /// The target of `first`; that of `second` ends in another line.
  public static final Path TRUSTED_ROOT = FILES.resolve("trusted_root.json");

  private static @Nullable FakeMirror shared;

  private final HttpServer server;
  private final AtomicInteger requests = new AtomicInteger();
  private final Map<String, byte[]> forged = new ConcurrentHashMap<>();
  private volatile String folder = "first";
  private volatile String broken = "none";

  FakeMirror() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  /// One for all test classes of the JVM; nobody tells it otherwise.
  public static synchronized FakeMirror shared() {
    if (shared == null) {
      shared = new FakeMirror();
    }
    return shared;
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  int requests() {
    return requests.get();
  }

  /// Forgets what it was told before.
  void serve(String repository) {
    folder = repository;
    broken = "none";
    forged.clear();
  }

  /// Answers with these bytes for each file whose name ends so; none are status 404.
  void forge(String ending, byte[] bytes) {
    forged.put(ending, bytes);
  }

  /// Answers with status 500 for each file whose name ends so.
  void fail(String ending) {
    broken = ending;
  }

  static byte[] file(String name) {
    try {
      return Files.readAllBytes(FILES.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    var path = exchange.getRequestURI().getPath();
    var file = FILES.resolve(folder + path);
    var forgery =
        forged.entrySet().stream().filter(e -> path.endsWith(e.getKey())).map(Map.Entry::getValue);
    if (path.endsWith(broken)) {
      send(exchange, 500, "out of order".getBytes(UTF_8));
      return;
    }
    var bytes = forgery.findFirst();
    if (bytes.isPresent()) {
      send(exchange, bytes.get().length == 0 ? 404 : 200, bytes.get());
    } else if (Files.isRegularFile(file)) {
      send(exchange, 200, Files.readAllBytes(file));
    } else {
      send(exchange, 404, new byte[0]);
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public Optional<String> tufMirror() {
    return Optional.of(url());
  }

  @Override
  public Optional<String> tufRoot() {
    return Optional.of(ANCHOR.toString());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
