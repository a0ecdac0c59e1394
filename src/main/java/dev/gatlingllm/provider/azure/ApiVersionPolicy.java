package dev.gatlingllm.provider.azure;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelinePosition;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.util.UrlBuilder;
import java.net.MalformedURLException;
import reactor.core.publisher.Mono;

/** Puts the configured api-version into the request: the SDK only knows those of its own age. */
record ApiVersionPolicy(String apiVersion) implements HttpPipelinePolicy {

  @Override
  public HttpPipelinePosition getPipelinePosition() {
    return HttpPipelinePosition.PER_CALL;
  }

  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
    HttpRequest request = context.getHttpRequest();
    try {
      UrlBuilder url = UrlBuilder.parse(request.getUrl());
      request.setUrl(url.setQueryParameter("api-version", apiVersion).toUrl());
    } catch (MalformedURLException e) {
      return Mono.error(e);
    }
    return next.process();
  }
}
