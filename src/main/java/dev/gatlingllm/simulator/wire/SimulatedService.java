package dev.gatlingllm.simulator.wire;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/** A service that is simulated: what it says around its answers. Safe for use by many threads. */
public interface SimulatedService {

  /** Adds to the headers of every response which request it answers, and where. */
  void identify(HttpHeaders headers, String requestId, String region);

  /**
   * Whether responses name the deployment that answers, and a provisioned one hands calls over to a
   * standard one.
   */
  default boolean namesDeployment() {
    return false;
  }

  /** The body of an error response. The message holds nothing that JSON would escape. */
  String errorJson(ErrorKind kind, String message);

  /** The HTTP status of an error response. */
  default int status(ErrorKind kind) {
    return kind.status();
  }

  /** Adds to the headers of an error response what the service says there. */
  default void addErrorHeaders(HttpHeaders headers, ErrorKind kind) {}

  /** Whether responses say how busy the deployment is. */
  default boolean reportsUtilization() {
    return true;
  }

  /** Whether answers say how many tokens they wrote to a cache. */
  default boolean reportsCacheWrites() {
    return false;
  }

  /**
   * Whether a request carries this key: in {@code api-key}, in {@code x-functions-key}, in {@code
   * Authorization: Bearer}, or as the access key id of an AWS signature. Signatures are not
   * verified.
   */
  default boolean accepts(String key, HttpHeaders headers) {
    String authorization = headers.get(HttpHeaderNames.AUTHORIZATION, "");
    return key.equals(headers.get("api-key"))
        || key.equals(headers.get("x-functions-key"))
        || authorization.equals("Bearer " + key)
        || authorization.startsWith("AWS4-HMAC-SHA256 Credential=" + key + "/");
  }
}
