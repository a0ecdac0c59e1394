package dev.gatlingllm.provider.bedrock;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2StreamChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One request to the stub, and the means to answer it piece by piece. */
final class StubCall {

  private final Channel channel;
  private final String uri;
  private final HttpHeaders headers;
  private final String body;

  StubCall(Channel channel, FullHttpRequest request) {
    this.channel = channel;
    this.uri = request.uri();
    this.headers = request.headers().copy();
    this.body = request.content().toString(StandardCharsets.UTF_8);
  }

  String uri() {
    return uri;
  }

  String header(String name) {
    return headers.get(name, "");
  }

  Set<String> headerNames() {
    return headers.names().stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(toSet());
  }

  String body() {
    return body;
  }

  /** The head of an event stream. */
  StubCall stream() {
    return head(200, "content-type", "application/vnd.amazon.eventstream");
  }

  /** An answer that another one follows. */
  StubCall interim(int status) {
    write(
        channel instanceof Http2StreamChannel
            ? new DefaultHttp2HeadersFrame(
                new DefaultHttp2Headers().status(String.valueOf(status)), false)
            : new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status)));
    return this;
  }

  StubCall head(int status, String... namesAndValues) {
    HttpResponse response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
    response.headers().set("x-amzn-requestid", "request-1");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      response.headers().set(namesAndValues[i], namesAndValues[i + 1]);
    }
    if (!response.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
      HttpUtil.setTransferEncodingChunked(response, true);
    }
    write(response);
    return this;
  }

  StubCall bytes(byte[] bytes) {
    write(new DefaultHttpContent(Unpooled.wrappedBuffer(bytes)));
    return this;
  }

  void end() {
    write(LastHttpContent.EMPTY_LAST_CONTENT);
  }

  /** A whole answer in JSON. */
  void json(int status, String body, String... namesAndValues) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String[] all = new String[namesAndValues.length + 4];
    System.arraycopy(namesAndValues, 0, all, 4, namesAndValues.length);
    all[0] = "content-type";
    all[1] = "application/json";
    all[2] = "content-length";
    all[3] = String.valueOf(bytes.length);
    head(status, all).bytes(bytes).end();
  }

  /** Closes the connection in the middle, as a service that goes down does. */
  void cut() {
    flushed();
    connection().close().awaitUninterruptibly();
  }

  /** Closes the connection before anything was answered. */
  void drop() {
    connection().close().awaitUninterruptibly();
  }

  /** Resets the stream, or the connection where that is all there is. */
  void reset() {
    flushed();
    if (channel instanceof Http2StreamChannel) {
      write(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
    } else {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      channel.close().awaitUninterruptibly();
    }
  }

  /** Waits until the client has given this call up. */
  void awaitGivenUp() throws InterruptedException {
    assertThat(channel.closeFuture().await(60, TimeUnit.SECONDS))
        .as("stream or connection given up within 60 s")
        .isTrue();
  }

  private void write(Object message) {
    ChannelFuture unused = channel.writeAndFlush(message);
  }

  private void flushed() {
    channel.writeAndFlush(new DefaultHttpContent(Unpooled.EMPTY_BUFFER)).awaitUninterruptibly();
  }

  private Channel connection() {
    return channel instanceof Http2StreamChannel ? channel.parent() : channel;
  }
}
