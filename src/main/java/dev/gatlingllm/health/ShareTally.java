package dev.gatlingllm.health;

import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;

/** Shares from 0 to 1, for their median, to a tenth of a percent. Confined to one thread. */
final class ShareTally {

  private static final int PER_PERCENT = 10;

  private final Histogram permilles = new Histogram(1_000, 3);

  void add(OptionalDouble share) {
    if (share.isPresent()) {
      double percent = 100 * Math.min(1, Math.max(0, share.getAsDouble()));
      permilles.recordValue(Math.round(percent * PER_PERCENT));
    }
  }

  OptionalDouble medianPercent() {
    return permilles.getTotalCount() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(permilles.getValueAtPercentile(50) / (double) PER_PERCENT);
  }
}
