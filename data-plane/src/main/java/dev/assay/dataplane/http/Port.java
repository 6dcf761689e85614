package dev.assay.dataplane.http;

import io.netty.channel.Channel;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A listening port, its connections and the handler of its requests.
public final class Port {
  private static final System.Logger LOG = System.getLogger(Port.class.getName());

  private final Handler handler;
  private final Limits limits;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger working = new AtomicInteger();
  private final CountDownLatch quiet = new CountDownLatch(1);
  private volatile boolean stopping;
  private volatile @Nullable Channel channel;

  Port(Handler handler, Limits limits) {
    this.handler = handler;
    this.limits = limits;
  }

  void bound(Channel listening) {
    channel = listening;
  }

  /// Where it listens: the real port when 0 was asked for.
  public InetSocketAddress address() {
    var bound = channel;
    if (bound == null) {
      throw new IllegalStateException("the port does not listen yet");
    }
    return (InetSocketAddress) bound.localAddress();
  }

  public Limits limits() {
    return limits;
  }

  boolean stopping() {
    return stopping;
  }

  boolean opened(Connection connection) {
    if (connections.size() >= limits.maxConnections()) {
      return false;
    }
    return connections.add(connection);
  }

  void closed(Connection connection) {
    connections.remove(connection);
  }

  void dispatch(Connection connection, Exchange exchange) {
    working.incrementAndGet();
    Thread.ofVirtual()
        .name("request-" + exchange.head().id())
        .start(() -> work(connection, exchange));
  }

  private void work(Connection connection, Exchange exchange) {
    try {
      connection.answer(exchange, answer(exchange));
    } catch (ClientGoneException e) {
      gone(connection, exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      gone(connection, exchange);
    }
  }

  /// The client is not there any more; 499 is what nginx counts such requests as.
  private void gone(Connection connection, Exchange exchange) {
    connection.closeNow();
    ended(exchange, 499, 0);
  }

  private Answer answer(Exchange exchange) throws ClientGoneException, InterruptedException {
    try {
      exchange.checkHead();
      return handler.answer(exchange);
    } catch (RefusedException e) {
      return refusal(exchange, e.error());
    } catch (ClientGoneException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      failed(exchange, e);
      return refusal(exchange, S3Error.internal());
    } catch (Error e) {
      // Without an answer the client would hang; the thread is the request's own and ends here.
      failed(exchange, e);
      throw new ClientGoneException("given up: " + e);
    }
  }

  private Answer refusal(Exchange exchange, S3Error error) {
    return handler.refusal(error, exchange.head().id(), exchange.head().path());
  }

  void failed(Exchange exchange, Throwable cause) {
    LOG.log(Level.ERROR, "request " + exchange.head().id() + " failed", cause);
  }

  void ended(Exchange exchange, int status, long bytesSent) {
    if (!exchange.endOnce()) {
      return;
    }
    handler.ended(exchange, status, bytesSent);
    if (working.decrementAndGet() == 0 && stopping) {
      quiet.countDown();
    }
  }

  /// Takes no more connections or requests.
  public void stopAccepting() throws InterruptedException {
    stopping = true;
    var listening = channel;
    if (listening != null) {
      listening.close().await();
    }
    connections.forEach(Connection::closeIfIdle);
  }

  /// Waits for the requests in flight; call it after `stopAccepting`.
  ///
  /// @return whether all ended in time; the others are cut
  public boolean awaitQuiet(Duration patience) throws InterruptedException {
    var calm = working.get() == 0 || quiet.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    connections.forEach(Connection::closeNow);
    return calm;
  }
}
