package dev.gatlingllm.simulator;

import dev.gatlingllm.simulator.wire.ErrorKind;
import dev.gatlingllm.simulator.wire.SimulatedService;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;

/** The headers of a response that speak of the call rather than of the body. */
final class CallHeaders {

  private CallHeaders() {}

  static HttpHeaders identifying(
      SimulatedService service, String requestId, ServerSettings server) {
    HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
    service.identify(headers, requestId, server.region());
    if (service.reportsUtilization()) {
      server
          .utilizationPercent()
          .ifPresent(percent -> headers.set("azure-openai-deployment-utilization", percent + "%"));
    }
    return headers;
  }

  /** Names the deployment that takes the call itself. */
  static void addDeployment(HttpHeaders headers, String deployment) {
    headers.set("x-ms-deployment-name", deployment);
  }

  /** Names the deployment that a call was handed over to, and the one that could not take it. */
  static void addSpillover(HttpHeaders headers, String deployment) {
    headers
        .set("x-ms-deployment-name", deployment + "-standard")
        .set("x-ms-spillover-from-deployment", deployment)
        .set("x-ms-spillover-error", "429");
  }

  static void addRemaining(HttpHeaders headers, Quotas.Verdict verdict) {
    verdict.remainingRequests().ifPresent(n -> headers.set("x-ratelimit-remaining-requests", n));
    verdict.remainingTokens().ifPresent(n -> headers.set("x-ratelimit-remaining-tokens", n));
  }

  static void addRetryAfter(HttpHeaders headers, Refusal refusal, LimitSettings limits) {
    if (refusal.kind() != ErrorKind.THROTTLED) {
      return;
    }
    if (limits.retryAfter()) {
      headers.set("retry-after", refusal.waitSeconds());
    }
    if (limits.retryAfterMillis()) {
      headers.set("retry-after-ms", refusal.waitMillis());
    }
  }
}
