package dev.gatlingllm.record;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How far the client's own figures were from the truth: calls to a simulated endpoint in the same
 * process, on the same clock, so that measured − true is exact. The endpoint's share of the
 * processor is in it, so it is an upper bound of what the client adds to a service elsewhere.
 *
 * @param source which calls were compared
 * @param load what load they were, in words; empty if it is not known
 * @param durationNanos from the first start to the last end of the compared calls
 * @param calls how many were compared: those that succeeded at the first attempt
 * @param otherCalls how many were not
 * @param mostCallsAtOnce most calls in flight at the same time
 * @param chunks chunks of the compared calls
 * @param firstTtftNanos the error of the first call's time to first token; absent if it has none
 * @param scheduleDelay actual start − intended start
 * @param ttft measured − true time to first token, the time on the way included
 * @param interChunk size of measured − true, of each inter-chunk latency
 */
public record MeasurementError(
    Source source,
    String load,
    long durationNanos,
    long calls,
    long otherCalls,
    long mostCallsAtOnce,
    long chunks,
    OptionalLong firstTtftNanos,
    @JsonAlias("lag") Spread scheduleDelay,
    Spread ttft,
    @JsonAlias("gap") Spread interChunk) {

  /** Which calls were compared. */
  public enum Source {
    /** The calls of the run itself: its target was the simulated endpoint. */
    @JsonProperty("run")
    RUN,
    /** A short play of the expected load before the run, which is in none of its statistics. */
    @JsonProperty("calibration-run")
    @JsonAlias("rehearsal")
    CALIBRATION;

    /** Its name in files. */
    public String code() {
      return this == RUN ? "run" : "calibration-run";
    }
  }

  /**
   * A distribution in short.
   *
   * @param n how many values
   * @param p50Nanos the median; absent if n is 0
   * @param p99Nanos absent if fewer than 500 values stand behind it
   * @param maxNanos the greatest; absent if n is 0
   */
  public record Spread(
      long n, OptionalLong p50Nanos, OptionalLong p99Nanos, OptionalLong maxNanos) {

    /** Nothing was measured. */
    public static final Spread NONE =
        new Spread(0, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
  }

  /** Chunks of all compared calls per second; absent if there was no time. */
  public OptionalDouble chunksPerSecond() {
    return durationNanos > 0
        ? OptionalDouble.of(chunks * 1e9 / durationNanos)
        : OptionalDouble.empty();
  }
}
