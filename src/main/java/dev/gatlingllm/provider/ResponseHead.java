package dev.gatlingllm.provider;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What the headers of a response say about the service. A header that did not come is empty or
 * absent.
 *
 * @param status the HTTP status
 * @param requestId the provider's request id
 * @param region the region that served the call ({@code x-ms-region}), or the region it was sent to
 * @param remainingRequests {@code x-ratelimit-remaining-requests}
 * @param remainingTokens {@code x-ratelimit-remaining-tokens}
 * @param retryAfterMillis how long the service asks to wait: {@code retry-after-ms}, else {@code
 *     retry-after} in seconds
 * @param utilizationPercent {@code azure-openai-deployment-utilization}, 0 to 100 and above
 * @param deployment the deployment that answered
 */
public record ResponseHead(
    int status,
    String requestId,
    String region,
    OptionalLong remainingRequests,
    OptionalLong remainingTokens,
    OptionalLong retryAfterMillis,
    OptionalDouble utilizationPercent,
    ServingDeployment deployment) {

  /** No response came. */
  public static final ResponseHead NONE =
      new ResponseHead(
          0,
          "",
          "",
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalDouble.empty());

  /** A response that names no deployment. */
  public ResponseHead(
      int status,
      String requestId,
      String region,
      OptionalLong remainingRequests,
      OptionalLong remainingTokens,
      OptionalLong retryAfterMillis,
      OptionalDouble utilizationPercent) {
    this(
        status,
        requestId,
        region,
        remainingRequests,
        remainingTokens,
        retryAfterMillis,
        utilizationPercent,
        ServingDeployment.UNKNOWN);
  }
}
