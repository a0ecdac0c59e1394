package dev.gatlingllm.stats;

import java.util.List;

/**
 * Makes the distribution of values that come one by one and are no {@link Measure}, such as amounts
 * of money: from 0 to a million, all kept until {@link #condense}. From then on they are counted,
 * unless they are few, and percentiles are accurate to 0.1 % or a trillionth. Confined to one
 * thread.
 */
public final class ValueTally {

  private final Sample sample = Sample.unordered(Precision.OF_AN_AMOUNT);

  /** Adds a value, which is not NaN. */
  public void add(double value) {
    sample.add(value);
  }

  /** Bounds the memory that this takes from now on. */
  public void condense() {
    sample.condense();
  }

  /** The distribution of the values of several together; with n = 0 if there are none. */
  public static Distribution together(String unit, List<ValueTally> tallies, PercentileRule rule) {
    return Distribution.of(
        unit, Sample.together(tallies.stream().map(tally -> tally.sample).toList()), rule);
  }
}
