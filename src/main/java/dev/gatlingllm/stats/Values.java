package dev.gatlingllm.stats;

import java.util.Optional;
import java.util.function.LongToDoubleFunction;

/** Values from the least to the greatest; at least one. */
public interface Values {

  /** How many values. */
  long n();

  /** The value of a rank from 0 to n − 1. */
  double at(long rank);

  /** As {@link #at}, for whoever asks for many ranks. */
  default LongToDoubleFunction lookup() {
    return this::at;
  }

  double mean();

  /** Sample standard deviation, with n − 1. */
  double deviation();

  /**
   * A percentile.
   *
   * @param percent from 0 to 100, both excluded
   */
  double percentile(double percent);

  /** Confidence interval of the median; absent if the values are too few or not known exactly. */
  Optional<Interval> medianInterval();

  /** Hands over the values in ascending order, equal ones perhaps together. */
  void forEach(Visitor visitor);

  /** Takes values. */
  @FunctionalInterface
  interface Visitor {
    void visit(double value, long count);
  }
}
