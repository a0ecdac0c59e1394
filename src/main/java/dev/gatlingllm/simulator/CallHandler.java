package dev.gatlingllm.simulator;

import dev.gatlingllm.simulator.wire.Address;
import dev.gatlingllm.simulator.wire.WireApis;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes requests off one HTTP/1.1 connection, one after the other, or off one stream of an HTTP/2
 * connection.
 */
final class CallHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

  private static final Logger LOG = LoggerFactory.getLogger(CallHandler.class);

  private final Endpoint endpoint;
  private Optional<Call> current = Optional.empty();

  CallHandler(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    if (request.decoderResult().isFailure() || underway()) {
      // A second request before the first is answered is pipelining: no SDK does it.
      var unused = context.close();
      return;
    }
    Exchange exchange = new Exchange(context);
    if (request.method().equals(HttpMethod.GET) && WireApis.listsModels(request.uri())) {
      respond(exchange, 200, WireApis.MODELS);
      return;
    }
    if (request.method().equals(HttpMethod.GET) && VllmMetrics.isAskedFor(request.uri())) {
      exchange.respond(
          200, EmptyHttpHeaders.INSTANCE, VllmMetrics.TYPE, VllmMetrics.text(endpoint));
      return;
    }
    String accept = request.headers().get(HttpHeaderNames.ACCEPT, "");
    Optional<Address> address = WireApis.address(request.uri(), accept);
    if (address.isEmpty() || !request.method().equals(HttpMethod.POST)) {
      respond(exchange, 404, WireApis.NOT_FOUND);
      return;
    }
    Call call = new Call(endpoint, exchange, address.get());
    current = Optional.of(call);
    call.receive(request);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    current.ifPresent(Call::abandon);
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    boolean clientLeft =
        cause instanceof IOException || cause instanceof PrematureChannelClosureException;
    if (!clientLeft) {
      LOG.warn("closing a connection after a failure of the simulator", cause);
    }
    var unused = context.close();
  }

  private boolean underway() {
    return current.isPresent() && !current.get().ended();
  }

  private static void respond(Exchange exchange, int status, String json) {
    exchange.respond(status, EmptyHttpHeaders.INSTANCE, "application/json", json);
  }
}
