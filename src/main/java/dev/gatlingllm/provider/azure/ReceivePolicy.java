package dev.gatlingllm.provider.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.util.Context;
import dev.gatlingllm.provider.ServiceAddress;
import dev.gatlingllm.provider.transport.HttpCall;
import dev.gatlingllm.provider.transport.HttpTransport;
import reactor.core.publisher.Mono;

/**
 * Tells a call when its request goes to the transport, and hands it the response, on the event loop
 * and before the rest of the pipeline sees it. The SDK itself gets none: it would hold back a body
 * whose content type is not {@code text/event-stream} until its end, and read that of an error
 * without a limit.
 */
final class ReceivePolicy implements HttpPipelinePolicy {

  private static final String CALL = "gatling-llm-call";

  /** The context that ties a request to its call. */
  static Context contextOf(HttpCall call) {
    return new Context(CALL, call);
  }

  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
    HttpCall call = (HttpCall) context.getData(CALL).orElseThrow();
    HttpRequest request = context.getHttpRequest();
    String url = request.getUrl().toString();
    String readable = ServiceAddress.forNetty(url);
    if (!readable.equals(url)) {
      request.setUrl(readable);
    }
    return Mono.defer(
            () -> {
              call.handedOver();
              return next.process();
            })
        .contextWrite(outer -> outer.putAll(HttpTransport.contextOf(call).readOnly()))
        .flatMap(response -> receive(call, response));
  }

  private static Mono<HttpResponse> receive(HttpCall call, HttpResponse response) {
    call.head(
        response.getStatusCode(), name -> response.getHeaderValue(HttpHeaderName.fromString(name)));
    return response.getBody().doOnNext(call::body).doOnComplete(call::end).then(Mono.empty());
  }
}
