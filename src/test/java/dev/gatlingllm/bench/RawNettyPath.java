package dev.gatlingllm.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;

/**
 * The floor: Netty's HTTP client reading chunks and looking at none of them. The first read of a
 * stream is the role event, which is taken for no chunk.
 */
final class RawNettyPath implements StreamPath {

  private static final AttributeKey<Reading> READING = AttributeKey.valueOf("reading");

  private final URI endpoint;
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(
          Runtime.getRuntime().availableProcessors(),
          Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  private final Deque<Channel> idle = new ConcurrentLinkedDeque<>();
  private final Bootstrap bootstrap;

  RawNettyPath(URI endpoint) {
    this.endpoint = endpoint;
    this.bootstrap =
        new Bootstrap()
            .group(loops)
            .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new HttpClientCodec(), new Reader());
                  }
                });
  }

  private static final class Reading {
    private final StampList stamps;
    private final Consumer<CallStamps> onEnd;
    private String id = "";

    Reading(StampList stamps, Consumer<CallStamps> onEnd) {
      this.stamps = stamps;
      this.onEnd = onEnd;
    }
  }

  @Override
  public void stream(String prompt, int tokens, Consumer<CallStamps> onEnd) {
    Channel free = idle.pollFirst();
    if (free != null && free.isActive()) {
      send(free, prompt, tokens, onEnd);
      return;
    }
    var unused =
        bootstrap
            .connect(endpoint.getHost(), endpoint.getPort())
            .addListener(
                connected -> {
                  if (connected.isSuccess()) {
                    var channel = ((io.netty.channel.ChannelFuture) connected).channel();
                    send(channel, prompt, tokens, onEnd);
                  } else {
                    onEnd.accept(new StampList(System.nanoTime(), 0).of(""));
                  }
                });
  }

  private void send(Channel channel, String prompt, int tokens, Consumer<CallStamps> onEnd) {
    String body =
        String.format(
            Locale.ROOT,
            """
        {"stream":true,"max_tokens":%d,"stream_options":{"include_usage":true},\
        "messages":[{"role":"user","content":"%s"}]}""",
            tokens,
            prompt);
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.POST,
            "/openai/deployments/gpt/chat/completions?api-version=2024-10-21",
            Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
    request.headers().set(HttpHeaderNames.HOST, endpoint.getAuthority());
    request.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
    HttpUtil.setContentLength(request, request.content().readableBytes());
    channel.attr(READING).set(new Reading(new StampList(System.nanoTime(), tokens + 4), onEnd));
    var unused = channel.writeAndFlush(request);
  }

  private final class Reader extends SimpleChannelInboundHandler<HttpObject> {

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
      Reading reading = context.channel().attr(READING).get();
      if (message instanceof HttpResponse response) {
        reading.id = response.headers().get("apim-request-id", "");
      }
      if (message instanceof LastHttpContent) {
        idle.addFirst(context.channel());
        reading.onEnd.accept(reading.stamps.of(reading.id));
      } else if (message instanceof HttpContent) {
        reading.stamps.add(System.nanoTime());
      }
    }
  }

  @Override
  public void close() {
    var unused = loops.shutdownGracefully();
  }
}
