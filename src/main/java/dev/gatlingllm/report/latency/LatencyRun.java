package dev.gatlingllm.report.latency;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.stats.Measure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One call that stands for many: the fastest or the slowest.
 *
 * @param callId its number in {@code calls.jsonl}
 * @param seconds end to end
 * @param ttftSeconds time to first token; absent if the answer was not streamed
 * @param promptTokens input tokens
 * @param completionTokens output tokens
 * @param region the region that served it; empty if the service did not say
 * @param utilizationPercent of the deployment; absent if the service did not say
 * @param localTime when it started, by the clocks of that region; absent if they are not known
 */
public record LatencyRun(
    long callId,
    double seconds,
    OptionalDouble ttftSeconds,
    OptionalLong promptTokens,
    OptionalLong completionTokens,
    String region,
    OptionalDouble utilizationPercent,
    Optional<String> localTime) {

  /**
   * A call that succeeded.
   *
   * @param runStart wall time of the run's start; absent if unknown
   */
  static LatencyRun of(CallRecord call, Optional<Instant> runStart) {
    OptionalDouble ttft = Measure.TTFT.of(call);
    Optional<Instant> start =
        runStart.map(zero -> zero.plus(Duration.ofNanos(call.times().start().orElse(0))));
    return new LatencyRun(
        call.id(),
        Measure.E2E.of(call).orElseThrow() / 1e3,
        ttft.isPresent() ? OptionalDouble.of(ttft.getAsDouble() / 1e3) : OptionalDouble.empty(),
        call.tokens().input(),
        call.tokens().output(),
        call.service().region(),
        call.service().utilizationPercent(),
        start.flatMap(instant -> RegionClock.at(call.service().region(), instant)));
  }

  /** Time for each output token; absent if there is none. */
  public OptionalDouble secondsPerOutputToken() {
    return completionTokens.isPresent() && completionTokens.getAsLong() > 0
        ? OptionalDouble.of(seconds / completionTokens.getAsLong())
        : OptionalDouble.empty();
  }
}
