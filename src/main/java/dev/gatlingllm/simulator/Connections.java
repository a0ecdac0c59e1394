package dev.gatlingllm.simulator;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.SslContext;
import java.util.Optional;

/** Equips each new connection for the protocol that its first bytes speak. */
final class Connections extends ChannelInitializer<Channel> {

  private static final int MAX_BODY_BYTES = 16 * 1024 * 1024;
  private static final int MAX_STREAMS = 10_000;
  private static final int MAX_HEADER_BYTES = 64 * 1024;
  private static final int WINDOW_BYTES = 1024 * 1024;

  private final Endpoint endpoint;
  private final ChannelGroup open;
  private final Optional<SslContext> tls;

  Connections(Endpoint endpoint, ChannelGroup open, Optional<SslContext> tls) {
    this.endpoint = endpoint;
    this.open = open;
    this.tls = tls;
  }

  @Override
  protected void initChannel(Channel channel) {
    open.add(channel);
    tls.ifPresent(context -> channel.pipeline().addLast(context.newHandler(channel.alloc())));
    channel.pipeline().addLast(new ProtocolDetector(this::http1, this::http2));
  }

  private void http1(ChannelPipeline pipeline) {
    pipeline.addLast(
        new HttpServerCodec(),
        new HttpServerKeepAliveHandler(),
        new HttpObjectAggregator(MAX_BODY_BYTES),
        new CallHandler(endpoint));
  }

  private void http2(ChannelPipeline pipeline) {
    Http2Settings settings =
        Http2Settings.defaultSettings()
            .maxConcurrentStreams(MAX_STREAMS)
            .maxHeaderListSize(MAX_HEADER_BYTES)
            .initialWindowSize(WINDOW_BYTES);
    pipeline.addLast(
        Http2FrameCodecBuilder.forServer().initialSettings(settings).build(),
        new Http2MultiplexHandler(new Streams(endpoint)));
  }

  /** Equips each new stream of an HTTP/2 connection. */
  private static final class Streams extends ChannelInitializer<Channel> {

    private final Endpoint endpoint;

    Streams(Endpoint endpoint) {
      this.endpoint = endpoint;
    }

    @Override
    protected void initChannel(Channel stream) {
      stream
          .pipeline()
          .addLast(
              new Http2StreamFrameToHttpObjectCodec(true),
              new HttpObjectAggregator(MAX_BODY_BYTES),
              new CallHandler(endpoint));
    }
  }
}
