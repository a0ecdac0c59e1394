package dev.gatlingllm.provider.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import dev.gatlingllm.provider.RequestHeaders;
import reactor.core.publisher.Mono;

/** Puts the user's headers into the request, in the place of any of the same name. */
record ExtraHeadersPolicy(RequestHeaders headers) implements HttpPipelinePolicy {

  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
    headers
        .values()
        .forEach(
            (name, value) ->
                context.getHttpRequest().setHeader(HttpHeaderName.fromString(name), value));
    return next.process();
  }
}
