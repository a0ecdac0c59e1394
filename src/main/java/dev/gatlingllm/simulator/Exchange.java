package dev.gatlingllm.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2StreamChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sending half of one call, alike for an HTTP/1.1 connection and for a stream of an HTTP/2 one.
 * Confined to its event loop.
 */
final class Exchange {

  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private final ChannelHandlerContext context;

  Exchange(ChannelHandlerContext context) {
    this.context = context;
  }

  /** Runs on this call's event loop, later. Safe from any thread. */
  void execute(Runnable task) {
    context.executor().execute(() -> guarded(task));
  }

  AnswerTimer timer() {
    return new AnswerTimer(context.executor(), this::guarded);
  }

  ByteBufAllocator alloc() {
    return context.alloc();
  }

  /** Begins a response of unknown length. Goes out with the next write. */
  void beginStream(HttpHeaders headers, String contentType) {
    HttpResponse response = head(headers, contentType);
    HttpUtil.setTransferEncodingChunked(response, true);
    var unused = context.write(response);
  }

  /** Begins a response of known length. Goes out with the next write. */
  void beginWhole(HttpHeaders headers, int length) {
    HttpResponse response = head(headers, "application/json");
    HttpUtil.setContentLength(response, length);
    var unused = context.write(response);
  }

  void write(ByteBuf bytes) {
    var unused = context.writeAndFlush(new DefaultHttpContent(bytes));
  }

  /** Writes the last bytes and ends the response. */
  void end(ByteBuf bytes) {
    var unused = context.writeAndFlush(new DefaultLastHttpContent(bytes));
  }

  /** Writes a complete response. */
  void respond(int status, HttpHeaders headers, String contentType, String body) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(status),
            Unpooled.copiedBuffer(body, UTF_8));
    response.headers().set(headers).set(HttpHeaderNames.CONTENT_TYPE, contentType);
    HttpUtil.setContentLength(response, response.content().readableBytes());
    var unused = context.writeAndFlush(response);
  }

  /** Closes the connection in order, with all streams on it. */
  void cut() {
    var unused = connection().close();
  }

  /** Resets the connection; on HTTP/2 only the stream. */
  void reset() {
    if (context.channel() instanceof Http2StreamChannel) {
      var unused = context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
    } else {
      context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
      var unused = context.close();
    }
  }

  /** A failure of our own ends the call by its connection: it must not leave it hanging unseen. */
  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException failure) {
      LOG.error("closing a connection after a failure of the simulator", failure);
      var unused = context.close();
    }
  }

  private static HttpResponse head(HttpHeaders headers, String contentType) {
    HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    response.headers().set(headers).set(HttpHeaderNames.CONTENT_TYPE, contentType);
    return response;
  }

  private Channel connection() {
    return context.channel() instanceof Http2StreamChannel stream
        ? stream.parent()
        : context.channel();
  }
}
