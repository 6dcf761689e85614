package dev.assay.operator.control;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.assay.wire.Json;
import dev.assay.wire.control.ControlError;
import dev.assay.wire.control.ControlToken;
import dev.assay.wire.control.StateChange;
import dev.assay.wire.control.UploadSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The control ports of many data planes behind one HTTP server, for tests of the operator: the
/// address is `http://127.0.0.1:<port>/`, the Bucket is told from the token's audience. It checks
/// tokens as a data plane does and keeps its state in memory; [FakeStore] is what a test changes.
public final class FakeDataPlane implements AutoCloseable {
  private final HttpServer server;
  private final Supplier<List<String>> publicKeys;
  private final Map<String, FakeStore> stores = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private volatile boolean down;

  /// @param publicKeys as in `DataPlaneConfiguration`; asked at each call
  public FakeDataPlane(Supplier<List<String>> publicKeys) {
    this.publicKeys = publicKeys;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  /// For `assay.control.endpoint`.
  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public FakeStore store(String bucketUid) {
    return stores.computeIfAbsent(bucketUid, FakeStore::new);
  }

  /// `METHOD path` of every call that was let in, in order.
  public List<String> calls() {
    return calls;
  }

  /// While down, every call is answered 503.
  public void setDown(boolean down) {
    this.down = down;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      var answer =
          down ? Reply.error(503, "Unavailable", "the test says so") : admit(exchange, body);
      var bytes = answer.bytes();
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  private Reply admit(HttpExchange exchange, byte[] body) throws IOException {
    var uri = exchange.getRequestURI();
    var path = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    var method = exchange.getRequestMethod();
    var header = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
    var token = header.map(h -> h.replaceFirst("^Bearer ", "")).orElse("");
    for (var store : stores.values()) {
      var call = ControlToken.Call.of(store.bucketUid(), method, path, body);
      if (ControlToken.verify(token, call, keys(), Instant.now())
          instanceof ControlToken.Verdict.Accepted) {
        calls.add(method + " " + path);
        return answer(store, method, uri.getRawPath(), query(uri.getRawQuery()), body);
      }
    }
    return Reply.error(401, "Unauthorized", "no Bucket of this test has such a token");
  }

  private static Reply answer(
      FakeStore store, String method, String rawPath, Map<String, String> query, byte[] body)
      throws IOException {
    var parts = Stream.of(rawPath.split("/")).skip(2).map(FakeDataPlane::decode).toList();
    var id = parts.size() > 1 ? parts.get(1) : "";
    return switch (method + " " + parts.getFirst() + (parts.size() > 2 ? "/" + parts.get(2) : "")) {
      case "GET status" -> Reply.ok(store.status());
      case "PUT sessions" -> Reply.ok(store.open(Json.MAPPER.readValue(body, UploadSession.class)));
      case "GET sessions" -> Reply.found(store.session(id));
      case "DELETE sessions" -> store.close(id);
      case "GET versions" ->
          id.isEmpty() ? Reply.ok(store.page(query)) : Reply.found(store.version(id));
      case "PUT versions/state" -> store.change(id, Json.MAPPER.readValue(body, StateChange.class));
      case "GET versions/bytes" -> store.bytes(id);
      case "DELETE versions" -> store.delete(id);
      case "GET changes" -> store.changes(query);
      default ->
          rawPath.startsWith("/v1/internal/")
              ? store.internal(method, decode(rawPath.substring("/v1/internal/".length())))
              : Reply.error(400, "BadRequest", method + " " + rawPath);
    };
  }

  private List<PublicKey> keys() {
    return publicKeys.get().stream()
        .map(text -> {
          try {
            return KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(text)));
          } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
          }
        })
        .toList();
  }

  private static Map<String, String> query(@org.jspecify.annotations.Nullable String raw) {
    return raw == null
        ? Map.of()
        : Stream.of(raw.split("&"))
            .map(pair -> pair.split("=", 2))
            .collect(Collectors.toMap(p -> p[0], p -> decode(p[1])));
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /// An answer.
  @SuppressWarnings("ArrayRecordComponent") // written once
  record Reply(int status, byte[] bytes) {
    static Reply ok(Object body) {
      return json(200, body);
    }

    static Reply found(Optional<?> body) {
      return body.isPresent() ? ok(body.get()) : error(404, "NotFound", "not there");
    }

    static Reply done() {
      return new Reply(204, new byte[0]);
    }

    static Reply error(int status, String code, String message) {
      return json(status, new ControlError(code, message, null));
    }

    static Reply json(int status, Object body) {
      try {
        return new Reply(status, Json.MAPPER.writeValueAsBytes(body));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
