package dev.assay.dataplane.http;

import io.netty.channel.ChannelOutboundInvoker;
import io.netty.channel.socket.DuplexChannel;

/// Sends whose outcome nobody waits for: one that fails ends the connection, and that ends the
/// rest.
final class Outbound {
  private Outbound() {}

  static void write(ChannelOutboundInvoker to, Object message) {
    var _ = to.write(message);
  }

  static void flush(ChannelOutboundInvoker to, Object message) {
    var _ = to.writeAndFlush(message);
  }

  static void close(ChannelOutboundInvoker what) {
    var _ = what.close();
  }

  static void shutdownOutput(DuplexChannel channel) {
    var _ = channel.shutdownOutput();
  }
}
