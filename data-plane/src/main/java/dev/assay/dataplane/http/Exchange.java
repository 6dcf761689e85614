package dev.assay.dataplane.http;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A request between its head and the end of its answer. All but the body and the public face is
/// touched by the event loop only.
final class Exchange implements Request {
  /// What fits the network's buffers in any case, so that waiting for it costs next to nothing.
  private static final long SHORT_BYTES = 65_536;

  private final Channel channel;
  private final RequestHead head;
  private final Body body;
  private final OptionalLong contentLength;
  private final long startedNanos = System.nanoTime();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Trickle trickle;
  private volatile String label = "unknown";

  private boolean keepAlive;
  private boolean continueDue;
  private boolean bodyWhole;
  private @Nullable S3Error malformed;

  Exchange(Channel channel, RequestHead head, HttpRequest request, Limits limits, Runnable wanted) {
    this.channel = channel;
    this.head = head;
    this.keepAlive = HttpUtil.isKeepAlive(request);
    this.continueDue = HttpUtil.is100ContinueExpected(request);
    this.contentLength =
        HttpUtil.isTransferEncodingChunked(request)
            ? OptionalLong.empty()
            : OptionalLong.of(
                request.decoderResult().isSuccess() ? HttpUtil.getContentLength(request, 0L) : 0);
    this.body = new Body(wanted, channel.eventLoop(), limits);
    this.trickle = new Trickle(channel);
  }

  @Override
  public RequestHead head() {
    return head;
  }

  @Override
  public InputStream body() {
    return body;
  }

  @Override
  public OptionalLong contentLength() {
    return contentLength;
  }

  @Override
  public long bytesReceived() {
    return body.receivedBytes();
  }

  @Override
  public long startedNanos() {
    return startedNanos;
  }

  @Override
  public void label(String operation) {
    label = operation;
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public void keepAlive(String prolog) {
    channel.eventLoop().execute(() -> trickle.start(prolog));
  }

  @Override
  public void cut() {
    Outbound.close(channel);
  }

  Trickle trickle() {
    return trickle;
  }

  /// Marks a head that cannot be read: the connection is of no further use.
  void refuse(S3Error error) {
    malformed = error;
    keepAlive = false;
  }

  void checkHead() throws RefusedException {
    if (malformed != null) {
      throw malformed.exception();
    }
  }

  /// Takes the content over.
  void receive(HttpContent content) {
    if (content.decoderResult().isFailure()) {
      content.release();
      bodyWhole = true;
      body.fail(
          S3Error.of(400, "IncompleteBody", "The chunked transfer encoding of the body is broken.")
              .exception());
      return;
    }
    if (content instanceof LastHttpContent) {
      bodyWhole = true;
    }
    body.offer(content.content());
    if (bodyWhole) {
      body.end();
    }
  }

  void gone(IOException cause) {
    body.fail(cause);
  }

  void discardBody() {
    body.discard();
  }

  boolean bodyWhole() {
    return bodyWhole;
  }

  /// Whether the body is on its way and soon over: its length is known, and nobody holds it back.
  boolean restIsShort() {
    return keepAlive
        && !bodyWhole
        && !continueDue
        && contentLength.orElse(Long.MAX_VALUE) - body.receivedBytes() <= SHORT_BYTES;
  }

  boolean wantsMore() {
    return body.wantsMore();
  }

  /// Whether "100 Continue" is to be sent before more can come; true once.
  boolean takeContinue() {
    var due = continueDue;
    continueDue = false;
    return due;
  }

  boolean keepsConnection() {
    return keepAlive && bodyWhole && !continueDue;
  }

  boolean endOnce() {
    return ended.compareAndSet(false, true);
  }
}
