package dev.gatlingllm.report.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LiveConfig;
import dev.gatlingllm.report.LivePage;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Serves the page and its events, on one thread of its own that no call of the run ever uses. Safe
 * for use by many threads; nothing here waits but {@link #close}.
 */
final class LiveServer implements AutoCloseable {

  private static final int MOST_REQUEST_BYTES = 8192;
  private static final int IDLE_SECONDS = 10;

  /** A viewer that has more than this to read yet gets no more until it has. */
  private static final WriteBufferWaterMark UNREAD = new WriteBufferWaterMark(1 << 16, 1 << 18);

  private static final long TICK_MILLIS = 50;
  private static final int QUIET_TICKS = 10;
  private static final int LONGEST_TICKS = 100;

  private final AtomicInteger connections = new AtomicInteger();
  private final EventLoopGroup loop;
  private final Channel server;
  private final Viewers viewers = new Viewers();
  private final byte[] waiting;
  private volatile byte[] page;

  private LiveServer(InetSocketAddress address) throws IOException {
    waiting = LivePage.waiting().getBytes(UTF_8);
    page = waiting;
    loop =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("llm-live", true), NioIoHandler.newFactory());
    ChannelFuture bound = bootstrap().bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      var unused = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      throw new IOException(bound.cause().getMessage(), bound.cause());
    }
    server = bound.channel();
  }

  /**
   * Listens.
   *
   * @throws ConfigurationException if the port is taken, or the address is not of this machine
   */
  static LiveServer listen(InetSocketAddress address) {
    try {
      return new LiveServer(address);
    } catch (UncheckedIOException | IOException e) {
      throw new ConfigurationException(
          LiveConfig.KEY
              + " = "
              + text(address)
              + ": the token report cannot be served there: "
              + e.getMessage()
              + ". Name another port, 0 for a free one, or off");
    }
  }

  private ServerBootstrap bootstrap() {
    return new ServerBootstrap()
        .group(loop)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, 2 * Viewers.MOST)
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNREAD)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                connections.incrementAndGet();
                var unused =
                    channel.closeFuture().addListener(closed -> connections.decrementAndGet());
                channel
                    .pipeline()
                    .addLast(
                        new HttpServerCodec(),
                        new HttpObjectAggregator(MOST_REQUEST_BYTES, true),
                        new IdleStateHandler(0, 0, IDLE_SECONDS),
                        new LiveHandler(new KnownHosts(bound()), viewers, () -> page));
              }
            });
  }

  private InetSocketAddress bound() {
    return (InetSocketAddress) server.localAddress();
  }

  /** Where a browser finds the page. */
  String url() {
    return "http://" + text(bound()) + "/";
  }

  private static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host)
        + ":"
        + address.getPort();
  }

  int viewers() {
    return viewers.size();
  }

  /** Names the run, so that a page of another run on this port begins anew. */
  void run(String name) {
    viewers.tell(Viewers.Kind.RUN, name);
  }

  void standing(Standing standing) {
    viewers.tell(Viewers.Kind.STANDING, standing.json());
  }

  void page(LivePage newPage) {
    page = newPage.html().getBytes(UTF_8);
    viewers.tell(Viewers.Kind.PAGE, newPage.update());
  }

  /** Whoever comes waits for the next page. */
  void forgetPage() {
    viewers.forget(Viewers.Kind.PAGE);
    page = waiting;
  }

  /** Shows the last page there is: whoever opens it now is told that it is. */
  void last(LivePage lastPage, Standing end) {
    page(lastPage);
    page = lastPage.standing(end.json()).getBytes(UTF_8);
    standing(end);
  }

  /** Waits until nobody has had a connection for a moment; at most five seconds. */
  void awaitLastViewers() throws InterruptedException {
    int quiet = 0;
    for (int i = 0; i < LONGEST_TICKS && quiet < QUIET_TICKS; i++) {
      TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
      quiet = connections.get() == 0 ? quiet + 1 : 0;
    }
  }

  @Override
  public void close() {
    server.close().awaitUninterruptibly();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }
}
