package dev.gatlingllm.simulator;

import dev.gatlingllm.simulator.wire.ErrorKind;
import java.time.Duration;
import java.util.Optional;

/**
 * Why a call gets no answer of a model.
 *
 * @param kind which error
 * @param message what the caller is told
 * @param waitNanos how long the caller is asked to wait, 0 if it is not
 */
record Refusal(ErrorKind kind, String message, long waitNanos) {

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final Refusal SERVER_FAILED = of(ErrorKind.SERVER_ERROR, "The server failed.");

  static Refusal of(ErrorKind kind, String message) {
    return new Refusal(kind, message, 0);
  }

  /** How a fault refuses a call, if it does. */
  static Optional<Refusal> of(Fault fault, boolean streaming, Duration throttleWait) {
    return switch (fault) {
      case THROTTLE -> Optional.of(throttled(throttleWait.toNanos()));
      case REJECT -> Optional.of(of(ErrorKind.INVALID, "The request was rejected."));
      case SERVER_ERROR -> Optional.of(SERVER_FAILED);
      case UNAVAILABLE -> Optional.of(of(ErrorKind.UNAVAILABLE, "The service is unavailable."));
      case ERROR_EVENT -> streaming ? Optional.empty() : Optional.of(SERVER_FAILED);
      default -> Optional.empty();
    };
  }

  static Refusal throttled(long waitNanos) {
    long millis = ceilDiv(waitNanos, NANOS_PER_MILLI);
    return new Refusal(
        ErrorKind.THROTTLED,
        "Rate limit exceeded. Please retry after " + millis + " ms.",
        waitNanos);
  }

  /** How long to wait, rounded up: a caller that waits that long is let in. */
  long waitMillis() {
    return ceilDiv(waitNanos, NANOS_PER_MILLI);
  }

  /** How long to wait, rounded up: a caller that waits that long is let in. */
  long waitSeconds() {
    return ceilDiv(waitNanos, NANOS_PER_SECOND);
  }

  private static long ceilDiv(long dividend, long divisor) {
    return -Math.floorDiv(-dividend, divisor);
  }
}
