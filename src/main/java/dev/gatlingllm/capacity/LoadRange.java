package dev.gatlingllm.capacity;

import dev.gatlingllm.stats.Interval;

/**
 * What probes say of the greatest load at which a limit holds.
 *
 * @param load the median of what is likely
 * @param interval that holds the truth at {@link Interval#CONFIDENCE}
 */
public record LoadRange(double load, Interval interval) {

  /** How far the interval reaches to either side, relative to its middle. */
  public double relativeError() {
    return (interval.high() - interval.low()) / (interval.high() + interval.low());
  }
}
