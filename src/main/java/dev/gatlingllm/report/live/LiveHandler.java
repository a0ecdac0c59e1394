package dev.gatlingllm.report.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.function.Supplier;

/** Answers the requests of one connection: the page, and the events that renew it. */
final class LiveHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

  private static final String TEXT = "text/plain; charset=utf-8";

  private final KnownHosts hosts;
  private final Viewers viewers;
  private final Supplier<byte[]> page;

  LiveHandler(KnownHosts hosts, Viewers viewers, Supplier<byte[]> page) {
    this.hosts = hosts;
    this.viewers = viewers;
    this.page = page;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    if (!request.decoderResult().isSuccess()) {
      text(context, HttpResponseStatus.BAD_REQUEST, "This is no request of HTTP.");
    } else if (!hosts.accept(request.headers().get(HttpHeaderNames.HOST))) {
      text(
          context,
          HttpResponseStatus.MISDIRECTED_REQUEST,
          "Use http://localhost:" + hosts.bound().getPort() + "/ or the address itself.");
    } else if (!request.method().equals(HttpMethod.GET)) {
      text(context, HttpResponseStatus.METHOD_NOT_ALLOWED, "Only GET is answered.");
    } else {
      get(context, request);
    }
  }

  private void get(ChannelHandlerContext context, FullHttpRequest request) {
    switch (request.uri()) {
      case "/" -> whole(context, HttpResponseStatus.OK, "text/html; charset=utf-8", page.get());
      case "/events" -> events(context, request);
      default -> text(context, HttpResponseStatus.NOT_FOUND, "There is only / here.");
    }
  }

  private void events(ChannelHandlerContext context, FullHttpRequest request) {
    String from = request.headers().get("sec-fetch-site", "same-origin");
    if (!from.equals("same-origin") && !from.equals("none")) {
      text(context, HttpResponseStatus.FORBIDDEN, "The report is not for other sites.");
    } else if (!viewers.hasRoom()) {
      text(
          context,
          HttpResponseStatus.SERVICE_UNAVAILABLE,
          Viewers.MOST + " viewers are as many as get the report at once.");
    } else {
      HttpResponse begun = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
      headers(begun.headers(), "text/event-stream; charset=utf-8");
      HttpUtil.setTransferEncodingChunked(begun, true);
      context.pipeline().remove(IdleStateHandler.class);
      var unused = context.write(begun, context.voidPromise());
      viewers.add(context.channel());
    }
  }

  private static void text(ChannelHandlerContext context, HttpResponseStatus status, String text) {
    whole(context, status, TEXT, (text + "\n").getBytes(UTF_8));
  }

  private static void whole(
      ChannelHandlerContext context, HttpResponseStatus status, String type, byte[] body) {
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
    headers(response.headers(), type);
    if (status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
      response.headers().set(HttpHeaderNames.ALLOW, "GET");
    }
    HttpUtil.setContentLength(response, body.length);
    response.headers().set(HttpHeaderNames.CONNECTION, "close");
    var unused = context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  private static void headers(HttpHeaders headers, String type) {
    headers.set(HttpHeaderNames.CONTENT_TYPE, type);
    headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    headers.set("x-content-type-options", "nosniff");
    headers.set(HttpHeaderNames.X_FRAME_OPTIONS, "DENY");
    headers.set("referrer-policy", "no-referrer");
    headers.set("cross-origin-resource-policy", "same-origin");
    headers.set(
        HttpHeaderNames.CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline';"
            + " img-src data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'");
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    viewers.hasRead(context.channel());
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof IdleStateEvent) {
      var unused = context.close();
    }
  }

  /** A viewer that goes away is no news. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var unused = context.close();
  }
}
