package dev.assay.dataplane.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One client's connection: one request after another, bodies read no faster than their handlers
/// take them. Everything here runs on the connection's event loop.
final class Connection extends ChannelInboundHandlerAdapter {
  private final Port port;
  private final ArrayDeque<Object> inbox = new ArrayDeque<>();

  private @Nullable ChannelHandlerContext context;
  private @Nullable Exchange current;
  private @Nullable Future<?> deadline;
  private @Nullable Runnable held;
  private boolean reading;
  private boolean lingering;

  Connection(Port port) {
    this.port = port;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    context = ctx;
    if (!port.opened(this)) {
      Outbound.close(ctx);
      return;
    }
    awaitHead(ctx);
    read(ctx);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    inbox.add(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    reading = false;
    pump(ctx);
  }

  /// The client has ended its side: a body that is not whole stays so, an answer may still go out.
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      pump(ctx);
      if (current == null || lingering) {
        Outbound.close(ctx);
      } else if (held != null) {
        sendHeld();
      } else if (!current.bodyWhole()) {
        current.gone(
            S3Error.of(
                    400,
                    "IncompleteBody",
                    "You did not provide the number of bytes specified by the Content-Length HTTP"
                        + " header.")
                .exception());
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    cancelDeadline();
    inbox.forEach(ReferenceCountUtil::release);
    inbox.clear();
    sendHeld();
    if (current != null) {
      current.gone(new ClientGoneException("the client closed the connection"));
    }
    port.closed(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // Resets and broken pipes are the client's; what is ours was caught where it happened.
    Outbound.close(ctx);
  }

  /// Moves what has arrived on to where it belongs, and reads on if that wants more.
  private void pump(ChannelHandlerContext ctx) {
    while (true) {
      if (lingering) {
        inbox.forEach(ReferenceCountUtil::release);
        inbox.clear();
        read(ctx);
        return;
      }
      var exchange = current;
      if (exchange != null && exchange.bodyWhole()) {
        sendHeld();
        return;
      }
      var message = inbox.poll();
      if (message == null) {
        if (exchange == null || exchange.wantsMore() || held != null) {
          read(ctx);
        }
        return;
      }
      if (exchange != null && message instanceof HttpContent content) {
        exchange.receive(content);
      } else if (exchange == null && message instanceof HttpRequest request) {
        begin(ctx, request);
      } else {
        ReferenceCountUtil.release(message);
      }
    }
  }

  private void read(ChannelHandlerContext ctx) {
    if (reading) {
      return;
    }
    if (current != null && current.takeContinue()) {
      Outbound.flush(
          ctx, new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }
    reading = true;
    ctx.read();
  }

  private void begin(ChannelHandlerContext ctx, HttpRequest request) {
    cancelDeadline();
    var id = RequestIds.next();
    var exchange =
        switch (Heads.read(id, request)) {
          case Heads.Good(var head) -> newExchange(ctx, head, request);
          case Heads.Bad(var head, var error) -> {
            var bad = newExchange(ctx, head, request);
            bad.refuse(error);
            yield bad;
          }
        };
    current = exchange;
    port.dispatch(this, exchange);
  }

  private Exchange newExchange(ChannelHandlerContext ctx, RequestHead head, HttpRequest request) {
    return new Exchange(ctx.channel(), head, request, port.limits(), () -> onLoop(() -> pump(ctx)));
  }

  /// Sends the answer of the current request, from any thread.
  void answer(Exchange exchange, Answer answer) {
    onLoop(() -> {
      var ctx = context;
      if (ctx == null) {
        return;
      }
      absorb(exchange);
      if (exchange.restIsShort() && !inputEnded(ctx)) {
        hold(ctx, () -> send(ctx, exchange, answer));
      } else {
        send(ctx, exchange, answer);
      }
    });
  }

  private void send(ChannelHandlerContext ctx, Exchange exchange, Answer answer) {
    var keep = exchange.keepsConnection() && !port.stopping();
    new Sender(ctx, port, exchange, keep).send(answer, () -> finished(ctx, exchange, keep));
  }

  /// A body that lies here already need not cost the connection.
  private void absorb(Exchange exchange) {
    while (!exchange.bodyWhole() && inbox.peek() instanceof HttpContent) {
      exchange.receive((HttpContent) inbox.remove());
    }
    exchange.discardBody();
  }

  /// A short body that is on its way need not cost the connection; and some clients lose an answer
  /// that comes while they still send.
  private void hold(ChannelHandlerContext ctx, Runnable answer) {
    held = answer;
    schedule(ctx, port.limits().linger(), this::sendHeld);
    pump(ctx);
  }

  private void sendHeld() {
    var due = held;
    if (due != null) {
      held = null;
      cancelDeadline();
      due.run();
    }
  }

  private void finished(ChannelHandlerContext ctx, Exchange exchange, boolean keep) {
    current = null;
    if (keep && !port.stopping()) {
      awaitHead(ctx);
      pump(ctx);
    } else if (exchange.bodyWhole()) {
      Outbound.close(ctx);
    } else {
      linger(ctx);
    }
  }

  /// Closing with bytes unread resets the connection, and the client would never see its error.
  private void linger(ChannelHandlerContext ctx) {
    lingering = true;
    if (inputEnded(ctx)) {
      Outbound.close(ctx);
      return;
    }
    if (ctx.channel() instanceof DuplexChannel duplex) {
      Outbound.shutdownOutput(duplex);
    }
    schedule(ctx, port.limits().linger(), () -> Outbound.close(ctx));
    pump(ctx);
  }

  private static boolean inputEnded(ChannelHandlerContext ctx) {
    return ctx.channel() instanceof DuplexChannel duplex && duplex.isInputShutdown();
  }

  private void awaitHead(ChannelHandlerContext ctx) {
    schedule(ctx, port.limits().headTimeout(), () -> Outbound.close(ctx));
  }

  private void schedule(ChannelHandlerContext ctx, Duration after, Runnable task) {
    deadline = ctx.executor().schedule(task, after.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void cancelDeadline() {
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  /// Closes now if no request is being worked on; from any thread.
  void closeIfIdle() {
    onLoop(() -> {
      if (current == null && context != null) {
        Outbound.close(context);
      }
    });
  }

  void closeNow() {
    onLoop(() -> {
      if (context != null) {
        Outbound.close(context);
      }
    });
  }

  private void onLoop(Runnable task) {
    if (context != null) {
      context.executor().execute(task);
    }
  }
}
