package dev.gatlingllm.simulator;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Optional;

/** Whether a request carries the key that is asked for. */
final class ApiKey {

  private ApiKey() {}

  /**
   * True if no key is asked for, or if the key stands in {@code api-key}, in {@code
   * x-functions-key}, in {@code Authorization: Bearer}, or is the access key id of an AWS
   * signature. Signatures are not verified.
   */
  static boolean accepted(Optional<String> key, HttpHeaders headers) {
    String authorization = headers.get(HttpHeaderNames.AUTHORIZATION, "");
    return key.isEmpty()
        || key.get().equals(headers.get("api-key"))
        || key.get().equals(headers.get("x-functions-key"))
        || authorization.equals("Bearer " + key.get())
        || authorization.startsWith("AWS4-HMAC-SHA256 Credential=" + key.get() + "/");
  }
}
