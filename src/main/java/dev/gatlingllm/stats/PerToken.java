package dev.gatlingllm.stats;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.OptionalDouble;

/**
 * End to end per output token of the best and the worst succeeded call: of two calls the faster one
 * is often just the one with the shorter answer.
 *
 * @param n how many calls have an output token
 * @param bestMillis the least; absent if n is 0
 * @param worstMillis the greatest; absent if n is 0
 */
public record PerToken(long n, OptionalDouble bestMillis, OptionalDouble worstMillis) {

  static PerToken of(List<PartTally> parts) {
    DoubleSummaryStatistics all = new DoubleSummaryStatistics();
    parts.forEach(part -> all.combine(part.millisPerToken()));
    return all.getCount() == 0
        ? new PerToken(0, OptionalDouble.empty(), OptionalDouble.empty())
        : new PerToken(
            all.getCount(), OptionalDouble.of(all.getMin()), OptionalDouble.of(all.getMax()));
  }
}
