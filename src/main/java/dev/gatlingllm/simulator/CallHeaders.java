package dev.gatlingllm.simulator;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;

/** The headers of a response that speak of the call rather than of the body. */
final class CallHeaders {

  private CallHeaders() {}

  static HttpHeaders identifying(Api api, String requestId, ServerSettings server) {
    HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
    if (api == Api.BEDROCK) {
      return headers.set("x-amzn-requestid", requestId);
    }
    headers.set("x-request-id", requestId).set("x-ms-region", server.region());
    if (api == Api.AZURE_OPENAI) {
      headers.set("apim-request-id", requestId);
    }
    server
        .utilizationPercent()
        .ifPresent(percent -> headers.set("azure-openai-deployment-utilization", percent + "%"));
    return headers;
  }

  static void addRemaining(HttpHeaders headers, Quotas.Verdict verdict) {
    verdict.remainingRequests().ifPresent(n -> headers.set("x-ratelimit-remaining-requests", n));
    verdict.remainingTokens().ifPresent(n -> headers.set("x-ratelimit-remaining-tokens", n));
  }

  static void addRefusal(HttpHeaders headers, Api api, Refusal refusal, LimitSettings limits) {
    if (api == Api.BEDROCK) {
      headers.set("x-amzn-errortype", refusal.kind().awsType());
    }
    if (refusal.kind() == Refusal.Kind.THROTTLED) {
      addRetryAfter(headers, refusal, limits);
    }
  }

  private static void addRetryAfter(HttpHeaders headers, Refusal refusal, LimitSettings limits) {
    if (limits.retryAfter()) {
      headers.set("retry-after", refusal.waitSeconds());
    }
    if (limits.retryAfterMillis()) {
      headers.set("retry-after-ms", refusal.waitMillis());
    }
  }
}
