package dev.gatlingllm.connections;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A server that answers each request as a script says, on the connection's event loop. */
final class Endpoint implements AutoCloseable {

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final List<Channel> connections = new CopyOnWriteArrayList<>();
  private final Consumer<Exchange> script;
  private final Wire wire;
  private final Channel server;

  Endpoint(Wire wire, Consumer<Exchange> script) throws InterruptedException {
    this.script = script;
    this.wire = wire;
    this.server =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                initializer(
                    channel -> {
                      connections.add(channel);
                      if (wire == Wire.BEDROCK_HTTP2) {
                        channel
                            .pipeline()
                            .addLast(Http2FrameCodecBuilder.forServer().build())
                            .addLast(new Http2MultiplexHandler(initializer(this::http2Stream)));
                      } else {
                        channel.pipeline().addLast(new HttpServerCodec());
                        takeRequests(channel);
                      }
                    }))
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
  }

  private static ChannelInitializer<Channel> initializer(Consumer<Channel> step) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        step.accept(channel);
      }
    };
  }

  private void http2Stream(Channel stream) {
    stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(true));
    takeRequests(stream);
  }

  private void takeRequests(Channel channel) {
    channel
        .pipeline()
        .addLast(new HttpObjectAggregator(1 << 20))
        .addLast(
            new SimpleChannelInboundHandler<FullHttpRequest>() {
              @Override
              protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
                script.accept(new Exchange(context.channel(), request, wire));
              }

              @Override
              public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                var unused = context.close();
              }
            });
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + ((InetSocketAddress) server.localAddress()).getPort());
  }

  /** Every connection that was made, in order. */
  List<Channel> connections() {
    return connections;
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(6, TimeUnit.SECONDS);
  }
}
