package dev.gatlingllm.health;

import dev.gatlingllm.record.Delays;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;

/**
 * Delays of many samples added up. A percentile is the least value that so many delays do not
 * exceed: of fewer than a hundred, the p99 is the longest. Confined to one thread.
 */
final class DelayTally {

  // One digit more than the samples have, so that rounding does not add up.
  private final Histogram histogram = new Histogram(3);

  void add(Delays delays) {
    delays.forEach(histogram::recordValueWithCount);
  }

  long count() {
    return histogram.getTotalCount();
  }

  OptionalDouble p99Millis() {
    return millis(histogram.getValueAtPercentile(99));
  }

  OptionalDouble longestMillis() {
    return millis(histogram.getMaxValue());
  }

  private OptionalDouble millis(long micros) {
    return count() == 0 ? OptionalDouble.empty() : OptionalDouble.of(micros / 1e3);
  }
}
