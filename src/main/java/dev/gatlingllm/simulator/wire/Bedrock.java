package dev.gatlingllm.simulator.wire;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amazon Bedrock. */
final class Bedrock implements SimulatedService {

  /**
   * The address of a model.
   *
   * @param path a pattern with a group for the model and one that is there if a stream is wanted
   */
  static Optional<Address> address(WireApi api, Pattern path, QueryStringDecoder target) {
    Matcher matcher = path.matcher(target.rawPath());
    return matcher.matches()
        ? Optional.of(
            new Address(
                api, new Bedrock(), WireApi.decoded(matcher.group(1)), matcher.group(2) != null))
        : Optional.empty();
  }

  /**
   * The counts of an answer.
   *
   * @param suffix what the names of the cached tokens end with, after {@code Token}
   */
  static String json(Usage usage, String suffix) {
    return Json.of(
        """
        {"inputTokens":%d,"outputTokens":%d,"totalTokens":%d,"cacheReadInputToken%6$s":%d,\
        "cacheWriteInputToken%6$s":%d}\
        """,
        usage.uncached(), usage.output(), usage.total(), usage.cached(), usage.written(), suffix);
  }

  @Override
  public void identify(HttpHeaders headers, String requestId, String region) {
    headers.set("x-amzn-requestid", requestId);
  }

  @Override
  public String errorJson(ErrorKind kind, String message) {
    return "{\"message\":\"" + message + "\"}";
  }

  /** AWS answers 403 to an unknown key. */
  @Override
  public int status(ErrorKind kind) {
    return kind == ErrorKind.UNAUTHORIZED ? 403 : kind.status();
  }

  @Override
  public void addErrorHeaders(HttpHeaders headers, ErrorKind kind) {
    headers.set(
        "x-amzn-errortype",
        switch (kind) {
          case INVALID -> "ValidationException";
          case UNAUTHORIZED -> "UnrecognizedClientException";
          case NOT_FOUND -> "ResourceNotFoundException";
          case THROTTLED -> "ThrottlingException";
          case SERVER_ERROR -> "InternalServerException";
          case UNAVAILABLE -> "ServiceUnavailableException";
        });
  }

  @Override
  public boolean reportsUtilization() {
    return false;
  }

  @Override
  public boolean reportsCacheWrites() {
    return true;
  }
}
