package dev.assay.dataplane.http;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Sends runs of files one after another with `sendfile`: the kernel copies, this process does not.
/// A client that takes nothing for a while is given up. Event loop only.
final class FileSender {
  private final ChannelHandlerContext ctx;
  private final Iterator<Answer.Region> regions;
  private final Future<?> watch;

  private @Nullable DefaultFileRegion sending;
  private long sentBefore;
  private long seen = -1;
  private boolean over;

  FileSender(ChannelHandlerContext ctx, Limits limits, List<Answer.Region> regions) {
    this.ctx = ctx;
    this.regions = regions.iterator();
    var idle = limits.bodyIdle().toMillis();
    this.watch = ctx.executor().scheduleAtFixedRate(this::look, idle, idle, TimeUnit.MILLISECONDS);
  }

  /// @param whole runs when every byte was handed to the kernel
  /// @param broken runs instead when that failed, with the bytes that were
  void send(Runnable whole, LongConsumer broken) {
    while (regions.hasNext()) {
      var region = regions.next();
      if (region.lengthBytes() > 0) {
        send(region, whole, broken);
        return;
      }
    }
    end();
    whole.run();
  }

  private void send(Answer.Region region, Runnable whole, LongConsumer broken) {
    var next = new DefaultFileRegion(region.file().toFile(), region.offset(), region.lengthBytes());
    try {
      next.open();
    } catch (IOException e) {
      next.release();
      end();
      broken.accept(sentBefore);
      return;
    }
    sending = next;
    ctx.writeAndFlush(next)
        .addListener((ChannelFuture done) -> {
          if (done.isSuccess()) {
            sentBefore += region.lengthBytes();
            sending = null;
            send(whole, broken);
          } else {
            end();
            broken.accept(sent());
          }
        });
  }

  private long sent() {
    return sentBefore + (sending == null ? 0 : sending.transferred());
  }

  /// Closing fails the write, and that ends everything else.
  private void look() {
    var now = sent();
    if (!over && now == seen) {
      Outbound.close(ctx);
    }
    seen = now;
  }

  private void end() {
    over = true;
    watch.cancel(false);
  }
}
