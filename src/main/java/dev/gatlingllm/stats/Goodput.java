package dev.gatlingllm.stats;

import java.util.OptionalDouble;

/**
 * Calls that succeeded, were not blocked by a filter, and kept every limit.
 *
 * @param objectives the limits
 * @param calls how many calls kept them
 * @param percent of the calls started; absent if none was
 * @param perSecond of the wall time from the first start to the last end; absent without one
 */
public record Goodput(
    CallObjectives objectives, long calls, OptionalDouble percent, OptionalDouble perSecond) {

  static Goodput of(CallObjectives objectives, long calls, long started, Throughput throughput) {
    OptionalDouble wall = throughput.wallSeconds();
    return new Goodput(
        objectives,
        calls,
        Percent.of(calls, started),
        wall.isPresent() ? OptionalDouble.of(calls / wall.getAsDouble()) : OptionalDouble.empty());
  }
}
