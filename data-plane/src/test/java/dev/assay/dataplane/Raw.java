package dev.assay.dataplane;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// A client that sends what no library would.
final class Raw implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;

  private Raw(Socket socket) {
    this.socket = socket;
  }

  static Raw connect(int port) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return new Raw(socket);
  }

  /// The head of a request for a URL, without a Content-Length.
  static String head(String method, URI url, String... headers) {
    var query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    return "%s %s%s HTTP/1.1\r\nHost: %s\r\n%s\r\n"
        .formatted(
            method,
            url.getRawPath(),
            query,
            url.getAuthority(),
            headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n");
  }

  Raw send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  Raw send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  Raw finish() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /// Ends the connection with a reset instead of a goodbye.
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /// Everything until the server closes.
  String all() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  int firstByte() throws IOException {
    return socket.getInputStream().read();
  }

  /// How many bytes come until the server closes or resets.
  long countUntilClosed() throws IOException {
    var buffer = new byte[64 * 1024];
    var count = 0L;
    try {
      for (var n = 0; n >= 0; n = socket.getInputStream().read(buffer)) {
        count += n;
      }
    } catch (SocketException reset) {
      // A cut is a cut.
    }
    return count;
  }

  /// Up to the end of a head and of the body that its Content-Length announces.
  String answer() throws IOException {
    var out = new ByteArrayOutputStream();
    while (!whole(out)) {
      var b = socket.getInputStream().read();
      if (b < 0) {
        break;
      }
      out.write(b);
    }
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  private static boolean whole(ByteArrayOutputStream out) {
    var text = out.toString(StandardCharsets.ISO_8859_1);
    var end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return false;
    }
    var at = text.indexOf("content-length: ");
    var length =
        at < 0 || at > end
            ? 0
            : Integer.parseInt(text.substring(at + 16, text.indexOf("\r\n", at)));
    return text.length() >= end + 4 + length;
  }

  /// Whether the server says nothing for a while.
  boolean silent(int millis) throws IOException {
    socket.setSoTimeout(millis);
    try {
      socket.getInputStream().read();
      return false;
    } catch (SocketTimeoutException silent) {
      return true;
    } finally {
      socket.setSoTimeout(PATIENCE_MILLIS);
    }
  }

  /// Sends one byte each time that the server is silent for a while, until it answers.
  String dripUntilAnswered(int everyMillis) throws IOException {
    socket.setSoTimeout(everyMillis);
    while (true) {
      try {
        var first = socket.getInputStream().read();
        socket.setSoTimeout(PATIENCE_MILLIS);
        return first < 0 ? "" : (char) first + all();
      } catch (SocketTimeoutException silent) {
        send("x");
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
