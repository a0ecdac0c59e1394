package dev.gatlingllm.simulator.wire;

import io.netty.handler.codec.http.HttpHeaders;

/** Anthropic. */
final class Anthropic implements SimulatedService {

  @Override
  public void identify(HttpHeaders headers, String requestId, String region) {
    headers.set("request-id", requestId);
  }

  @Override
  public String errorJson(ErrorKind kind, String message) {
    String type =
        switch (kind) {
          case INVALID -> "invalid_request_error";
          case UNAUTHORIZED -> "authentication_error";
          case NOT_FOUND -> "not_found_error";
          case THROTTLED -> "rate_limit_error";
          case SERVER_ERROR -> "api_error";
          case UNAVAILABLE -> "overloaded_error";
        };
    return Json.of(
        "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"%s\"}}", type, message);
  }

  /** 529 is Anthropic's own status for an overloaded service. */
  @Override
  public int status(ErrorKind kind) {
    return kind == ErrorKind.UNAVAILABLE ? 529 : kind.status();
  }

  @Override
  public boolean reportsUtilization() {
    return false;
  }

  @Override
  public boolean reportsCacheWrites() {
    return true;
  }

  @Override
  public boolean accepts(String key, HttpHeaders headers) {
    return key.equals(headers.get("x-api-key")) || SimulatedService.super.accepts(key, headers);
  }
}
