package dev.gatlingllm.connections;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
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

/** One request, and the parts of an answer; they leave together when {@link #flush} says so. */
final class Exchange {

  private final Channel channel;
  private final Wire wire;
  private final HttpHeaders headers;
  private final String body;

  Exchange(Channel channel, FullHttpRequest request, Wire wire) {
    this.channel = channel;
    this.wire = wire;
    this.headers = request.headers().copy();
    this.body = request.content().toString(StandardCharsets.UTF_8);
  }

  String header(String name) {
    return headers.get(name, "");
  }

  String body() {
    return body;
  }

  Channel connection() {
    return channel instanceof Http2StreamChannel ? channel.parent() : channel;
  }

  Exchange interim(int status) {
    write(
        channel instanceof Http2StreamChannel
            ? new DefaultHttp2HeadersFrame(
                new DefaultHttp2Headers().status(String.valueOf(status)), false)
            : new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status)));
    return this;
  }

  Exchange head(int status, String... namesAndValues) {
    HttpResponse response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
    response.headers().set("content-type", status == 200 ? wire.contentType() : "application/json");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      response.headers().set(namesAndValues[i], namesAndValues[i + 1]);
    }
    HttpUtil.setTransferEncodingChunked(response, true);
    write(response);
    return this;
  }

  Exchange bytes(byte[] bytes) {
    write(new DefaultHttpContent(Unpooled.wrappedBuffer(bytes)));
    return this;
  }

  /** A chunk of text, as the wire has it. */
  byte[] text(String text) {
    return wire.text(text);
  }

  /** The end of the body. */
  Exchange end() {
    write(LastHttpContent.EMPTY_LAST_CONTENT);
    return this;
  }

  /** A whole answer with this text. */
  Exchange answer(String text, String... namesAndValues) {
    return head(200, namesAndValues).bytes(wire.text(text)).bytes(wire.rest()).end();
  }

  Exchange flush() {
    channel.flush();
    return this;
  }

  /** Closes the connection when what was written has left. */
  void close() {
    flush();
    var unused =
        connection().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  /** Resets the stream, or the connection where that is all there is. */
  void reset() {
    if (channel instanceof Http2StreamChannel) {
      write(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
      flush();
    } else {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      var unused = channel.close();
    }
  }

  private void write(Object message) {
    var unused = channel.write(message);
  }
}
