package dev.gatlingllm.stats;

import java.util.OptionalDouble;
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

  /** How many decimal digits of a value are certain; 0 if all of them are. */
  default int significantDigits() {
    return 0;
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

  /**
   * How many independent calls the values are worth for the share that is at most a level, and for
   * a percentile at that level: fewer than {@link #n} if calls wait for each other. Absent if the
   * order of the calls is not known.
   */
  OptionalDouble worth(double level);

  /** How many values are at most a level. */
  default long atMost(double level) {
    long low = 0;
    long high = n();
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (at(middle) <= level) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Values of which the order is known.
   *
   * @param series in the order in which the calls started, at least one value, none of them NaN
   */
  static Values inOrder(double[] series) {
    if (series.length == 0) {
      throw new IllegalArgumentException("there must be at least one value");
    }
    return SortedValues.inOrder(series.clone());
  }

  /** Hands over the values in ascending order, equal ones perhaps together. */
  void forEach(Visitor visitor);

  /** Takes values. */
  @FunctionalInterface
  interface Visitor {
    void visit(double value, long count);
  }
}
