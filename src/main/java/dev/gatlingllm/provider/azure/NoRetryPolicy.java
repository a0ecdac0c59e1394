package dev.gatlingllm.provider.azure;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.RetryPolicy;
import reactor.core.publisher.Mono;

/**
 * Stands where the SDK would retry. The SDK's own policy with zero retries logs an error with a
 * stack trace for every failed request, on the event loop that other streams are stamped on.
 */
final class NoRetryPolicy extends RetryPolicy {

  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
    return next.process();
  }
}
