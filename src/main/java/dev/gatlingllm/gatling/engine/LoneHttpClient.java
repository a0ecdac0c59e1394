package dev.gatlingllm.gatling.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.transport.HttpCall;
import dev.gatlingllm.provider.transport.OpenCalls;
import dev.gatlingllm.timing.NanoClock;
import io.gatling.core.CoreComponents;
import io.gatling.http.client.Request;
import io.gatling.http.client.RequestBuilder;
import io.gatling.http.client.body.string.StringRequestBodyBuilder;
import io.gatling.http.client.uri.Uri;
import io.gatling.http.engine.HttpEngine;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import java.time.InstantSource;
import java.util.Optional;
import scala.Option;

/**
 * Calls over Gatling's HTTP client that belong to no user, and so need no session: what warms up
 * the way that the calls of the run will take.
 */
final class LoneHttpClient implements LlmClient {

  private static final long REQUEST_TIMEOUT_MILLIS = 60_000;

  private final HttpEngine http;
  private final CoreComponents core;
  private final Preparation.HttpTarget target;

  LoneHttpClient(CoreComponents core, Preparation.HttpTarget target) {
    this.core = core;
    this.target = target;
    this.http = HttpEngine.apply(core);
  }

  @Override
  public String provider() {
    return OfHttp.NAME;
  }

  @Override
  public CallHandle start(LlmRequest request, CallListener listener) {
    EventLoop loop = core.eventLoopGroup().next();
    HttpCall call =
        new OpenCalls(NanoClock.SYSTEM, InstantSource.system(), Optional.empty(), loop)
            .open(target.format().answers(kept -> {}), listener);
    HttpWire wire = new HttpWire(loop, call);
    Request post = post(target.body().apply(request));
    loop.execute(
        () -> {
          call.sent();
          http.executeRequest(post, 0, true, loop, wire, Option.empty());
        });
    return call;
  }

  private Request post(String body) {
    return new RequestBuilder(
            "warm-up",
            HttpMethod.POST,
            Uri.create(target.address().toString()),
            http.newJavaDnsNameResolver())
        .setHeaders(
            new DefaultHttpHeaders()
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                .set(HttpHeaderNames.ACCEPT, target.format().mediaType()))
        .setBodyBuilder(new StringRequestBodyBuilder(body))
        .setDefaultCharset(UTF_8)
        .setRequestTimeout(REQUEST_TIMEOUT_MILLIS)
        .build();
  }

  @Override
  public void close() {
    http.close();
  }
}
