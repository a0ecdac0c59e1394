package dev.gatlingllm.simulator;

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

  private static final String MODELS =
      "{\"object\":\"list\",\"data\":[{\"id\":\"simulated\",\"object\":\"model\","
          + "\"created\":1700000000,\"owned_by\":\"gatling-llm\"}]}";

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
    if (request.method().equals(HttpMethod.GET) && Route.listsModels(request.uri())) {
      exchange.respond(200, EmptyHttpHeaders.INSTANCE, "application/json", MODELS);
      return;
    }
    Optional<Route> route = Route.of(request.uri());
    if (route.isEmpty() || !request.method().equals(HttpMethod.POST)) {
      refuseUnknown(exchange);
      return;
    }
    String accept = request.headers().get(HttpHeaderNames.ACCEPT, "");
    Call call = new Call(endpoint, exchange, route.get().accepting(accept));
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

  private static void refuseUnknown(Exchange exchange) {
    Refusal refusal =
        Refusal.of(
            Refusal.Kind.NOT_FOUND,
            "Resource not found: POST a chat completion, a response, a converse or an invoke"
                + " request or a question to /api/orc; Azure's address needs an api-version.");
    exchange.respond(
        refusal.kind().status(Api.OPENAI),
        EmptyHttpHeaders.INSTANCE,
        "application/json",
        refusal.json(Api.OPENAI));
  }
}
