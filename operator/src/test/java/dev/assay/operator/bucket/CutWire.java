package dev.assay.operator.bucket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A wire to a server that can be cut: while it is, connections are refused and those that were
/// open end.
public final class CutWire implements AutoCloseable {
  private final InetSocketAddress to;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ServerSocket listener;
  private volatile boolean cut;

  public CutWire(URI to) throws IOException {
    this.to = new InetSocketAddress(InetAddress.getLoopbackAddress(), to.getPort());
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /// The certificate of the API server names localhost and 127.0.0.1.
  public String url() {
    return "https://127.0.0.1:" + listener.getLocalPort() + "/";
  }

  public void cut() throws IOException {
    cut = true;
    for (var socket : open) {
      socket.close();
    }
    open.clear();
  }

  public void mend() {
    cut = false;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var from = listener.accept();
        if (cut) {
          from.close();
          continue;
        }
        var server = new Socket(to.getAddress(), to.getPort());
        open.add(from);
        open.add(server);
        Thread.ofVirtual().start(() -> copy(from, server));
        Thread.ofVirtual().start(() -> copy(server, from));
      } catch (IOException e) {
        // The listener was closed, or one connection failed, which its client sees.
      }
    }
  }

  private void copy(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // Either end may end it.
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }
}
