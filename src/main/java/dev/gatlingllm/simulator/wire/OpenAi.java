package dev.gatlingllm.simulator.wire;

import io.netty.handler.codec.http.HttpHeaders;

/** OpenAI. */
final class OpenAi implements SimulatedService {

  @Override
  public void identify(HttpHeaders headers, String requestId, String region) {
    headers.set("x-request-id", requestId).set("x-ms-region", region);
  }

  @Override
  public String errorJson(ErrorKind kind, String message) {
    return Json.of(
        "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"param\":null,\"code\":\"%s\"}}",
        message, type(kind), code(kind));
  }

  private static String type(ErrorKind kind) {
    return switch (kind) {
      case INVALID, UNAUTHORIZED, NOT_FOUND -> "invalid_request_error";
      case THROTTLED -> "requests";
      case SERVER_ERROR, UNAVAILABLE -> "server_error";
    };
  }

  private static String code(ErrorKind kind) {
    return switch (kind) {
      case INVALID -> "invalid_value";
      case UNAUTHORIZED -> "invalid_api_key";
      case NOT_FOUND -> "not_found";
      case THROTTLED -> "rate_limit_exceeded";
      case SERVER_ERROR -> "server_error";
      case UNAVAILABLE -> "service_unavailable";
    };
  }
}
