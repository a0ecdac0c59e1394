package dev.gatlingllm.stats;

import java.util.OptionalDouble;

/**
 * Calls that succeeded, were not blocked by a filter, and kept every limit.
 *
 * @param objectives the limits
 * @param calls how many calls kept them
 * @param percent of the calls started that the client was not to cancel; absent if none was
 * @param perSecond of the {@linkplain Throughput#loadSeconds load time}; absent without one
 */
public record Goodput(
    CallObjectives objectives, long calls, OptionalDouble percent, OptionalDouble perSecond) {

  static Goodput of(CallObjectives objectives, long calls, long started, Throughput throughput) {
    OptionalDouble load = throughput.loadSeconds();
    return new Goodput(
        objectives,
        calls,
        Percent.of(calls, started),
        load.isPresent() ? OptionalDouble.of(calls / load.getAsDouble()) : OptionalDouble.empty());
  }

  Goodput withoutRate() {
    return new Goodput(objectives, calls, percent, OptionalDouble.empty());
  }
}
