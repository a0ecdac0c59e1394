package dev.gatlingllm.simulator;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Why a call gets no answer of a model.
 *
 * @param kind which error
 * @param message what the caller is told
 * @param waitNanos how long the caller is asked to wait, 0 if it is not
 */
record Refusal(Kind kind, String message, long waitNanos) {

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final Refusal SERVER_FAILED = of(Kind.SERVER_ERROR, "The server failed.");

  /** The errors, in the words of each service. */
  enum Kind {
    INVALID(400, "BadRequest", "invalid_request_error", "invalid_value", "ValidationException"),
    UNAUTHORIZED(
        401, "401", "invalid_request_error", "invalid_api_key", "UnrecognizedClientException"),
    NOT_FOUND(404, "404", "invalid_request_error", "not_found", "ResourceNotFoundException"),
    THROTTLED(429, "429", "requests", "rate_limit_exceeded", "ThrottlingException"),
    SERVER_ERROR(
        500, "InternalServerError", "server_error", "server_error", "InternalServerException"),
    UNAVAILABLE(
        503,
        "ServiceUnavailable",
        "server_error",
        "service_unavailable",
        "ServiceUnavailableException");

    private final int status;
    private final String azureCode;
    private final String openAiType;
    private final String openAiCode;
    private final String awsType;

    Kind(int status, String azureCode, String openAiType, String openAiCode, String awsType) {
      this.status = status;
      this.azureCode = azureCode;
      this.openAiType = openAiType;
      this.openAiCode = openAiCode;
      this.awsType = awsType;
    }

    /** The HTTP status: AWS answers 403 to an unknown key, the others 401. */
    int status(Api api) {
      return this == UNAUTHORIZED && api == Api.BEDROCK ? 403 : status;
    }

    String awsType() {
      return awsType;
    }
  }

  static Refusal of(Kind kind, String message) {
    return new Refusal(kind, message, 0);
  }

  /** How a fault refuses a call, if it does. */
  static Optional<Refusal> of(Fault fault, boolean streaming, Duration throttleWait) {
    return switch (fault) {
      case THROTTLE -> Optional.of(throttled(throttleWait.toNanos()));
      case REJECT -> Optional.of(of(Kind.INVALID, "The request was rejected."));
      case SERVER_ERROR -> Optional.of(SERVER_FAILED);
      case UNAVAILABLE -> Optional.of(of(Kind.UNAVAILABLE, "The service is unavailable."));
      case ERROR_EVENT -> streaming ? Optional.empty() : Optional.of(SERVER_FAILED);
      default -> Optional.empty();
    };
  }

  static Refusal throttled(long waitNanos) {
    long millis = ceilDiv(waitNanos, NANOS_PER_MILLI);
    return new Refusal(
        Kind.THROTTLED, "Rate limit exceeded. Please retry after " + millis + " ms.", waitNanos);
  }

  /** How long to wait, rounded up: a caller that waits that long is let in. */
  long waitMillis() {
    return ceilDiv(waitNanos, NANOS_PER_MILLI);
  }

  /** How long to wait, rounded up: a caller that waits that long is let in. */
  long waitSeconds() {
    return ceilDiv(waitNanos, NANOS_PER_SECOND);
  }

  /** The body of the error response. Messages hold nothing that JSON would escape. */
  String json(Api api) {
    return switch (api) {
      case AZURE_OPENAI, ORCHESTRATOR ->
          String.format(
              Locale.ROOT,
              "{\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}",
              kind.azureCode,
              message);
      case OPENAI ->
          String.format(
              Locale.ROOT,
              "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"param\":null,\"code\":\"%s\"}}",
              message,
              kind.openAiType,
              kind.openAiCode);
      case BEDROCK -> String.format(Locale.ROOT, "{\"message\":\"%s\"}", message);
    };
  }

  private static long ceilDiv(long dividend, long divisor) {
    return -Math.floorDiv(-dividend, divisor);
  }
}
