package dev.gatlingllm.record;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How a call ended. Every started call has exactly one. */
public enum Outcome {
  /** The answer is complete and every check passed. */
  SUCCEEDED,
  /** The service asked to slow down, and no retry helped or was allowed. */
  THROTTLED,
  /** The service answered with another error before any output. */
  REJECTED,
  /** No connection could be made. */
  UNREACHABLE,
  /** One of our time limits passed: connect, first token, stall or total. */
  TIMED_OUT,
  /** The stream was cut, or carried an error, after it had begun. */
  BROKEN,
  /** The response could not be decoded. */
  MALFORMED,
  /** The answer is complete, but a check of the simulation failed. */
  CHECK_FAILED,
  /** Our own code or the SDK failed. */
  CRASHED,
  /** The client cancelled the call, as planned: neither a success nor a failure. */
  CANCELLED,
  /** The run ended while the call was in flight. */
  UNFINISHED,
  /** The arrival came too late to be started, so nothing was sent. Not a started call. */
  DROPPED;

  private static final String DROPPED_IN_VERSION_1 = "missed";

  private static final Map<String, Outcome> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Outcome::code, any -> any));

  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The word in records and reports, such as {@code timed-out}. */
  public String code() {
    return code;
  }

  /**
   * The outcome of a {@link #code()}.
   *
   * @throws IllegalArgumentException if no outcome has this code
   */
  public static Outcome ofCode(String code) {
    Outcome outcome = code.equals(DROPPED_IN_VERSION_1) ? DROPPED : BY_CODE.get(code);
    if (outcome == null) {
      throw new IllegalArgumentException("no outcome has the code " + code);
    }
    return outcome;
  }

  /** Whether a call was sent: everything but a dropped arrival. */
  public boolean started() {
    return this != DROPPED;
  }

  /** Whether the call ended, and not well; one that the client cancelled did not fail. */
  public boolean failed() {
    return this != SUCCEEDED && this != CANCELLED && this != UNFINISHED && this != DROPPED;
  }
}
