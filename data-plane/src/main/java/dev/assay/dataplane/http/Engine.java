package dev.assay.dataplane.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/// The event loops that all ports share: they parse heads and move bytes, nothing else.
public final class Engine implements AutoCloseable {
  /// One read of the network, and so one piece of a body in memory.
  private static final int READ_BYTES = 128 * 1024;

  static {
    // Netty would try `sun.misc.Unsafe`, which JDK 25 warns of at each start; plain direct buffers
    // also keep it within the heap-sized limit of direct memory.
    System.setProperty("io.netty.noUnsafe", "true");
  }

  private final boolean epoll = Epoll.isAvailable();
  private final EventLoopGroup acceptor = group(1);
  private final EventLoopGroup loops =
      group(Math.max(2, Runtime.getRuntime().availableProcessors()));

  private EventLoopGroup group(int threads) {
    return epoll ? new EpollEventLoopGroup(threads) : new NioEventLoopGroup(threads);
  }

  /// @throws IOException when the address cannot be listened on
  public Port listen(InetSocketAddress address, Handler handler, Limits limits)
      throws IOException, InterruptedException {
    var port = new Port(handler, limits);
    var bootstrap =
        new ServerBootstrap()
            .group(acceptor, loops)
            .channel(serverChannel())
            .option(ChannelOption.SO_BACKLOG, 1_024)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(
                ChannelOption.RCVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(2_048, 4_096, READ_BYTES).maxMessagesPerRead(2))
            .childHandler(initializer(port));
    var bound = bootstrap.bind(address).await();
    if (!bound.isSuccess()) {
      throw new IOException(
          "cannot listen on %s: %s".formatted(address, bound.cause().getMessage()), bound.cause());
    }
    port.bound(bound.channel());
    return port;
  }

  private Class<? extends ServerChannel> serverChannel() {
    return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  private static ChannelInitializer<Channel> initializer(Port port) {
    var limits = port.limits();
    var decoder =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(limits.maxLineBytes())
            .setMaxHeaderSize(limits.maxHeaderBytes())
            .setMaxChunkSize(READ_BYTES);
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        channel.pipeline().addLast(new HttpServerCodec(decoder), new Connection(port));
      }
    };
  }

  @Override
  public void close() {
    var acceptorEnds = acceptor.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    var loopsEnd = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    acceptorEnds.awaitUninterruptibly();
    loopsEnd.awaitUninterruptibly();
  }
}
