package dev.gatlingllm.simulator.wire;

import io.netty.handler.codec.http.HttpHeaders;

/** The services of Azure. */
enum Azure implements SimulatedService {
  /** Azure OpenAI, behind Azure's API Management. */
  OPENAI,
  /** An application before the model: a RAG orchestrator. */
  ORCHESTRATOR;

  @Override
  public void identify(HttpHeaders headers, String requestId, String region) {
    headers.set("x-request-id", requestId).set("x-ms-region", region);
    if (this == OPENAI) {
      headers.set("apim-request-id", requestId);
    }
  }

  @Override
  public boolean namesDeployment() {
    return this == OPENAI;
  }

  @Override
  public String errorJson(ErrorKind kind, String message) {
    String code =
        switch (kind) {
          case INVALID -> "BadRequest";
          case SERVER_ERROR -> "InternalServerError";
          case UNAVAILABLE -> "ServiceUnavailable";
          case UNAUTHORIZED, NOT_FOUND, THROTTLED -> Integer.toString(kind.status());
        };
    return Json.of("{\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}", code, message);
  }
}
