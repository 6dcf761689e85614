package dev.assay.dataplane.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Keeps a client waiting that would give up on a silent connection: 200 and white space, as S3
/// does while it completes a multipart upload. Event loop only.
final class Trickle {
  /// An answer that comes before has its own status.
  private static final long PATIENCE_SECONDS = 3;

  private final Channel channel;
  private @Nullable Future<?> timer;
  private boolean begun;
  private boolean over;

  Trickle(Channel channel) {
    this.channel = channel;
  }

  void start(String prolog) {
    if (over || timer != null) {
      return;
    }
    timer =
        channel
            .eventLoop()
            .scheduleAtFixedRate(
                () -> drip(prolog), PATIENCE_SECONDS, PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private void drip(String prolog) {
    if (over || !channel.isActive()) {
      stop();
      return;
    }
    if (!begun) {
      begun = true;
      var head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
      head.headers()
          .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED)
          .set(HttpHeaderNames.CONTENT_TYPE, "application/xml");
      Outbound.write(channel, head);
      write(prolog);
    }
    write(" ");
  }

  private void write(String text) {
    var bytes = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    Outbound.flush(channel, new DefaultHttpContent(bytes));
  }

  /// @return whether the head is already out, so that only the rest of the body can follow
  boolean stop() {
    over = true;
    if (timer != null) {
      timer.cancel(false);
    }
    return begun;
  }
}
