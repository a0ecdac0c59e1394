package dev.gatlingllm.provider.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.util.Context;
import dev.gatlingllm.provider.RequestHeaders;
import reactor.core.publisher.Mono;

/** Sets the headers that a request's context names, in the place of any of the same name. */
final class ExtraHeadersPolicy implements HttpPipelinePolicy {

  private static final String HEADERS = "gatling-llm-headers";

  /** A context with the headers of a request. */
  static Context in(Context context, RequestHeaders headers) {
    return context.addData(HEADERS, headers);
  }

  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
    RequestHeaders headers = (RequestHeaders) context.getData(HEADERS).orElseThrow();
    headers
        .values()
        .forEach(
            (name, value) ->
                context.getHttpRequest().setHeader(HttpHeaderName.fromString(name), value));
    return next.process();
  }
}
