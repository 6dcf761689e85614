package dev.assay.scanjob.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A store behind presigned URLs, on loopback: answers as scripted, then serves and keeps objects.
public final class StubStore implements AutoCloseable {
  /// One scripted answer.
  public interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  /// The signature that may not turn up anywhere.
  public static final String SIGNATURE = "X-Amz-Signature=c0ffee";

  public final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  private final Queue<Answer> script = new ArrayDeque<>();
  private final HttpServer server;

  public StubStore() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  public StubStore then(Answer... answers) {
    script.addAll(List.of(answers));
    return this;
  }

  public static Answer status(int status) {
    return exchange -> exchange.sendResponseHeaders(status, -1);
  }

  public URI url(String key) {
    return URI.create(
        "http://127.0.0.1:" + server.getAddress().getPort() + "/" + key + "?" + SIGNATURE);
  }

  private void handle(HttpExchange exchange) throws IOException {
    var key = exchange.getRequestURI().getPath().substring(1);
    try (exchange) {
      var scripted = script.poll();
      if (scripted != null) {
        scripted.to(exchange);
      } else if (exchange.getRequestMethod().equals("PUT")) {
        put(exchange, key);
      } else {
        get(exchange, objects.get(key));
      }
    }
  }

  private void put(HttpExchange exchange, String key) throws IOException {
    var body = exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(objects.putIfAbsent(key, body) == null ? 200 : 409, -1);
  }

  private static void get(HttpExchange exchange, byte @Nullable [] object) throws IOException {
    if (object == null) {
      exchange.sendResponseHeaders(404, -1);
    } else {
      exchange.sendResponseHeaders(200, object.length == 0 ? -1 : object.length);
      exchange.getResponseBody().write(object);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
