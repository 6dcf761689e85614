package dev.assay.dataplane.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.ByteBuffer;
import java.time.Instant;

/// Sends one answer. Event loop only.
final class Sender {
  private final ChannelHandlerContext ctx;
  private final Port port;
  private final Exchange exchange;
  private final boolean keep;

  Sender(ChannelHandlerContext ctx, Port port, Exchange exchange, boolean keep) {
    this.ctx = ctx;
    this.port = port;
    this.exchange = exchange;
    this.keep = keep;
  }

  /// @param finished runs when all of it is out; not when the connection ends before
  void send(Answer answer, Runnable finished) {
    if (exchange.trickle().stop()) {
      rest(answer, finished);
      return;
    }
    try {
      Outbound.write(ctx, head(answer));
    } catch (IllegalArgumentException e) {
      // A header that no client may be sent: refused by Netty's validation, so nothing is out yet.
      port.failed(exchange, e);
      end(answer, 500, 0);
      Outbound.close(ctx);
      return;
    }
    var isHead = exchange.head().method().equals("HEAD");
    switch (answer) {
      case Answer.Bytes bytes when !isHead -> {
        Outbound.write(
            ctx, new DefaultHttpContent(Unpooled.wrappedBuffer(bytes.body().duplicate())));
        last(answer, bytes.lengthBytes(), finished);
      }
      case Answer.Files files when !isHead ->
          new FileSender(ctx, port.limits(), files.regions())
              .send(
                  () -> last(answer, files.lengthBytes(), finished),
                  sent -> {
                    end(answer, answer.status(), sent);
                    Outbound.close(ctx);
                  });
      case Answer.Bytes bytes -> last(bytes, 0, finished);
      case Answer.Files files -> last(files, 0, finished);
      case Answer.HeadersOnly only -> last(only, 0, finished);
    }
  }

  private DefaultHttpResponse head(Answer answer) {
    var head =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()));
    var headers = head.headers();
    answer.headers().forEach(headers::set);
    headers.set(HttpHeaderNames.DATE, date());
    headers.set(HttpHeaderNames.SERVER, "Assay");
    if (answer.lengthBytes() >= 0) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, answer.lengthBytes());
    }
    headers.set(
        HttpHeaderNames.CONNECTION, keep ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
    return head;
  }

  /// What follows the white space: the document without the prolog that went out before it.
  private void rest(Answer answer, Runnable finished) {
    var body =
        answer instanceof Answer.Bytes bytes ? bytes.body().duplicate() : ByteBuffer.allocate(0);
    while (body.hasRemaining() && body.get() != '\n') {}
    Outbound.write(ctx, new DefaultHttpContent(Unpooled.wrappedBuffer(body)));
    last(answer, answer.lengthBytes(), finished);
  }

  private void last(Answer answer, long sent, Runnable finished) {
    ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
        .addListener((ChannelFuture done) -> {
          end(answer, answer.status(), sent);
          if (done.isSuccess()) {
            finished.run();
          } else {
            Outbound.close(ctx);
          }
        });
  }

  private void end(Answer answer, int status, long sent) {
    release(answer);
    port.ended(exchange, status, sent);
  }

  static void release(Answer answer) {
    if (answer instanceof Answer.Files files) {
      files.lease().run();
    }
  }

  private static String date() {
    return HttpDate.format(Instant.now());
  }
}
