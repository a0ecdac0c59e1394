package dev.gatlingllm.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.bedrock.BedrockSettings.Protocol;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * An endpoint on a port of its own that answers as it is told: by a script that runs when a request
 * is complete, or by the test, which takes the request from the queue.
 */
final class StubBedrock implements AutoCloseable {

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final BlockingQueue<StubCall> calls = new LinkedBlockingQueue<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private final Consumer<StubCall> script;
  private final Channel server;

  StubBedrock(Protocol protocol) throws InterruptedException {
    this(protocol, call -> {});
  }

  StubBedrock(Protocol protocol, Consumer<StubCall> script) throws InterruptedException {
    this.script = script;
    this.server =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(protocol == Protocol.HTTP2 ? http2() : http1())
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + ((InetSocketAddress) server.localAddress()).getPort());
  }

  /** The next request that came. */
  StubCall take() throws InterruptedException {
    StubCall call = calls.poll(60, TimeUnit.SECONDS);
    assertThat(call).as("a request within 60 s").isNotNull();
    return call;
  }

  int requests() {
    return requests.get();
  }

  int connections() {
    return connections.get();
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(6, TimeUnit.SECONDS);
  }

  private ChannelInitializer<Channel> http1() {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        connections.incrementAndGet();
        channel.pipeline().addLast(new HttpServerCodec());
        addRequests(channel);
      }
    };
  }

  private ChannelInitializer<Channel> http2() {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        connections.incrementAndGet();
        channel
            .pipeline()
            .addLast(Http2FrameCodecBuilder.forServer().build())
            .addLast(new Http2MultiplexHandler(http2Stream()));
      }
    };
  }

  private ChannelInitializer<Channel> http2Stream() {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        channel.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(true));
        addRequests(channel);
      }
    };
  }

  private void addRequests(Channel channel) {
    channel.pipeline().addLast(new HttpObjectAggregator(1 << 20)).addLast(new Requests());
  }

  private final class Requests extends SimpleChannelInboundHandler<FullHttpRequest> {

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      requests.incrementAndGet();
      StubCall call = new StubCall(context.channel(), request);
      script.accept(call);
      calls.add(call);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      ChannelFuture unused = context.close();
    }
  }
}
